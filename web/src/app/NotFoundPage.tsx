import { Stack, Text, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import { AnchorLink } from "~/ui/links";

/** There is no such page, or not for whoever asks: both look the same. */
export function NotFoundPage() {
  const { t } = useTranslation();
  useDocumentTitle(`${t("not_found_title")} · Anamnesis`);
  return (
    <Stack align="center" py="xl" gap="sm">
      <Title order={1}>{t("not_found_title")}</Title>
      <Text c="dimmed">{t("not_found_words")}</Text>
      <AnchorLink to="/">{t("to_start")}</AnchorLink>
    </Stack>
  );
}
