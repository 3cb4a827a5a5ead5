import {
  type MantineColorScheme,
  Radio,
  Stack,
  Switch,
  useMantineColorScheme,
} from "@mantine/core";
import { useTranslation } from "react-i18next";
import { chooseHighContrast } from "~/app/contrast";
import { useHighContrast } from "~/app/useContrast";
import { Section } from "~/features/settings/Section";

const SCHEMES = ["auto", "light", "dark"] as const;

/** How this looks, on this device. */
export function AppearanceSection() {
  const { t } = useTranslation(["settings", "app"]);
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const contrast = useHighContrast();
  return (
    <Section title={t("app:appearance")} lead={t("appearance_lead")}>
      <Radio.Group
        label={t("scheme")}
        value={colorScheme}
        onChange={(value) => setColorScheme(value as MantineColorScheme)}
      >
        <Stack gap="xs" mt={6}>
          {SCHEMES.map((scheme) => (
            <Radio key={scheme} value={scheme} label={t(`app:scheme_${scheme}`)} />
          ))}
        </Stack>
      </Radio.Group>
      <Switch
        label={t("app:contrast_high")}
        description={t("contrast_hint")}
        checked={contrast}
        onChange={(event) => chooseHighContrast(event.currentTarget.checked)}
      />
    </Section>
  );
}
