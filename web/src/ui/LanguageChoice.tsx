import { Button, Menu } from "@mantine/core";
import { IconLanguage } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { chooseLanguage, LANGUAGES, type Language } from "~/i18n/i18n";

const ALL = Object.entries(LANGUAGES) as [Language, string][];

/** The languages as items of a menu, each called by its own name. */
export function LanguageItems() {
  const { i18n } = useTranslation();
  return (
    <Menu.RadioGroup
      value={i18n.language}
      onChange={(language) => void chooseLanguage(language as Language)}
    >
      {ALL.map(([language, name]) => (
        <Menu.RadioItem key={language} value={language} lang={language} closeMenuOnClick>
          {name}
        </Menu.RadioItem>
      ))}
    </Menu.RadioGroup>
  );
}

/** For pages before anybody is signed in. */
export function LanguageChoice() {
  const { t, i18n } = useTranslation();
  return (
    <Menu position="bottom-end" withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          size="sm"
          leftSection={<IconLanguage size={18} aria-hidden />}
          aria-label={t("language_choice", { name: LANGUAGES[i18n.language as Language] })}
        >
          {LANGUAGES[i18n.language as Language]}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <LanguageItems />
      </Menu.Dropdown>
    </Menu>
  );
}
