import { Card, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { RecordOpening } from "~/api/schema";
import { useFormat } from "~/i18n/useFormat";

/** When somebody opened the record for a check, also where they looked at nothing. */
export function Openings({ openings }: { openings: RecordOpening[] }) {
  const { t } = useTranslation("privacy");
  const format = useFormat();
  if (openings.length === 0) return null;
  return (
    <Card component="section" withBorder radius="lg" aria-labelledby="openings">
      <Title order={3} size="h5" id="openings" mb="xs">
        {t("openings")}
      </Title>
      {openings.map(({ grant_id, who, opened_at, closes_at, reason }) => (
        <div key={grant_id}>
          <Text size="sm">
            {t("opening", {
              name: who.name || t("unnamed"),
              from: format.dateTime(opened_at),
              until: format.dateTime(closes_at),
            })}
          </Text>
          <Text size="sm" c="dimmed" mb="xs" dir="auto">
            {reason === null ? t("reason_erased") : t("reason_text", { text: reason })}
          </Text>
        </div>
      ))}
    </Card>
  );
}
