import { Badge, Card, Group, Stack, Text, Title } from "@mantine/core";
import { IconEyeCheck, IconEyeOff, IconHourglass } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Report } from "~/api/schema";
import { RecordLinks } from "~/features/audit/RecordLinks";
import { useNames } from "~/features/audit/useNames";
import { useFormat } from "~/i18n/useFormat";
import { DecideForm } from "./DecideForm";

/** One reported message: which it is, whose, and how it came to be hidden. */
export function ReportCard({ report }: { report: Report }) {
  const { t } = useTranslation("reports");
  const format = useFormat();
  const name = useNames();
  const { author_id, decided, number, patient_id, position, reported_at, reported_by } = report;
  const patient = patient_id === null ? t("unknown_patient") : name(patient_id);
  return (
    <Card component="article" withBorder padding="md">
      <Stack gap="sm">
        <Group justify="space-between" gap="xs">
          <Title order={2} size="h4">
            {t("message_of", { number, name: name(author_id) })}
          </Title>
          <Mark report={report} />
        </Group>
        <Text size="sm">{t("in_conversation_of", { name: patient })}</Text>
        <Text size="sm" c="dimmed">
          {t("reported_by", { name: name(reported_by), at: format.exact(reported_at) })}
        </Text>
        {decided !== null && (
          <Text size="sm">
            {t("decided_by", { name: name(decided.by), at: format.exact(decided.at) })}
          </Text>
        )}
        <RecordLinks kind="room" id={report.room_id} position={position} />
        {decided === null && <DecideForm report={report} />}
      </Stack>
    </Card>
  );
}

function Mark({ report: { decided } }: { report: Report }) {
  const { t } = useTranslation("reports");
  const [Picture, label, color] =
    decided === null
      ? ([IconHourglass, t("waits"), "orange"] as const)
      : decided.decision === "shown_again"
        ? ([IconEyeCheck, t("is_shown_again"), "teal"] as const)
        : ([IconEyeOff, t("does_stay_hidden"), "gray"] as const);
  return (
    <Badge
      variant="default"
      tt="none"
      fw={500}
      leftSection={<Picture size={14} aria-hidden color={`var(--mantine-color-${color}-text)`} />}
    >
      {label}
    </Badge>
  );
}
