import { Radio, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Section } from "~/features/settings/Section";
import { chooseLanguage, LANGUAGES, type Language } from "~/i18n/i18n";

/** In which language this is, on this device. Each is called by its own name. */
export function LanguageSection() {
  const { t, i18n } = useTranslation(["settings", "app"]);
  return (
    <Section title={t("app:language")} lead={t("language_lead")}>
      <Radio.Group
        aria-label={t("app:language")}
        value={i18n.language}
        onChange={(language) => void chooseLanguage(language as Language)}
      >
        <Stack gap="xs">
          {Object.entries(LANGUAGES).map(([language, name]) => (
            <Radio key={language} value={language} label={<span lang={language}>{name}</span>} />
          ))}
        </Stack>
      </Radio.Group>
    </Section>
  );
}
