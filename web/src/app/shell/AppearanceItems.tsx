import { type MantineColorScheme, Menu, useMantineColorScheme } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { chooseHighContrast } from "~/app/contrast";
import { useHighContrast } from "~/app/useContrast";

const SCHEMES = ["auto", "light", "dark"] as const;

/** How this looks, as items of a menu: it stays open, so that one sees what comes of it. */
export function AppearanceItems() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const contrast = useHighContrast();
  return (
    <>
      <Menu.RadioGroup
        value={colorScheme}
        onChange={(scheme) => setColorScheme(scheme as MantineColorScheme)}
      >
        {SCHEMES.map((scheme) => (
          <Menu.RadioItem key={scheme} value={scheme}>
            {t(`scheme_${scheme}`)}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
      <Menu.CheckboxItem checked={contrast} onChange={chooseHighContrast}>
        {t("contrast_high")}
      </Menu.CheckboxItem>
    </>
  );
}
