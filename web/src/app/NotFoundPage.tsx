import { Stack, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { AnchorLink } from "~/ui/links";

/** There is no such page, or not for whoever asks: both look the same. */
export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <Stack align="center" py="xl" gap="sm" component="main">
      <Title order={1}>{t("not_found_title")}</Title>
      <Text c="dimmed">{t("not_found_words")}</Text>
      <AnchorLink to="/">{t("to_start")}</AnchorLink>
    </Stack>
  );
}
