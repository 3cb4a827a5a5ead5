import { Card, Stack, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Consultation } from "~/api/schema";
import { SECTIONS } from "~/features/record/sections";
import rows from "~/ui/Rows.module.css";

/** What the doctor wrote, part by part. Parts without words are left out. */
export function Sections({ consultation }: { consultation: Consultation }) {
  const { t } = useTranslation("record");
  const written = SECTIONS.filter((section) => consultation[section] !== null);
  return (
    <Card withBorder padding="lg">
      <Stack gap="lg">
        {written.length === 0 && <Text c="dimmed">{t("nothing_written")}</Text>}
        {written.map((section) => (
          <section key={section} aria-labelledby={section}>
            <Title order={2} size="h4" id={section} mb={4}>
              {t(section)}
            </Title>
            <Text className={rows.words}>
              <bdi>{consultation[section]}</bdi>
            </Text>
          </section>
        ))}
      </Stack>
    </Card>
  );
}
