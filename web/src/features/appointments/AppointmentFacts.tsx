import { Card, Group, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Appointment } from "~/api/schema";
import { DateTile } from "~/features/appointments/DateTile";
import { StatusBadge } from "~/features/appointments/StatusBadge";
import { WhenWords } from "~/features/appointments/WhenWords";
import rows from "~/ui/Rows.module.css";

interface Props {
  appointment: Appointment;
  name: string | null;
}

/** With whom, when, why, and what became of it. */
export function AppointmentFacts({ appointment, name }: Props) {
  const { t } = useTranslation("appointments");
  const { starts_at, status, reason, cancel_reason } = appointment;
  return (
    <Card component="section" withBorder padding="lg" aria-labelledby="with">
      <Stack gap="md">
        <Group wrap="nowrap" align="flex-start">
          <DateTile at={starts_at} faded={status === "cancelled"} />
          <Stack gap={4} flex={1} miw={0}>
            {name === null ? (
              <Skeleton height={24} width={180} />
            ) : (
              <Title order={2} size="h4" id="with" className={rows.name}>
                <bdi>{name || t("somebody")}</bdi>
              </Title>
            )}
            <WhenWords appointment={appointment} />
          </Stack>
        </Group>
        <div>
          <StatusBadge status={status} />
        </div>
        <Words label={t("reason")} text={reason} otherwise={t("reason_none")} />
        {status === "cancelled" && (
          <Words label={t("cancel_reason")} text={cancel_reason} otherwise={t("reason_none")} />
        )}
      </Stack>
    </Card>
  );
}

function Words(props: { label: string; text: string | null; otherwise: string }) {
  return (
    <div>
      <Text size="sm" c="dimmed">
        {props.label}
      </Text>
      <Text className={rows.words} {...(props.text === null ? { c: "dimmed", fs: "italic" } : {})}>
        {props.text === null ? props.otherwise : <bdi>{props.text}</bdi>}
      </Text>
    </div>
  );
}
