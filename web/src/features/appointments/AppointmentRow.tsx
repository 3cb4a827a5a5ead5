import { Group, Stack, Text } from "@mantine/core";
import { IconChevronRight } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Appointment } from "~/api/schema";
import { DateTile } from "~/features/appointments/DateTile";
import { StatusBadge } from "~/features/appointments/StatusBadge";
import { timeSpan } from "~/i18n/spans";
import { useFormat } from "~/i18n/useFormat";
import { RowLink } from "~/ui/links";
import rows from "~/ui/Rows.module.css";

/** An appointment in a list: when, with whom, and what became of it. */
export function AppointmentRow({
  appointment,
  doctor,
}: {
  appointment: Appointment;
  doctor: string;
}) {
  const { t, i18n } = useTranslation("appointments");
  const format = useFormat();
  const { appointment_id, starts_at, ends_at, status } = appointment;
  return (
    <RowLink to="/appointments/$appointmentId" params={{ appointmentId: appointment_id }} p="sm">
      <Group wrap="nowrap" gap="md">
        <DateTile at={starts_at} faded={status === "cancelled"} />
        <Stack gap={2} flex={1} miw={0}>
          <Text fw={600} className={rows.name}>
            {doctor}
          </Text>
          <Text size="sm" c="dimmed">
            {t("day_and_time", {
              day: format.day(starts_at),
              time: timeSpan(i18n.language, starts_at, ends_at),
            })}
          </Text>
          <div className={rows.narrow}>
            <StatusBadge status={status} />
          </div>
        </Stack>
        <div className={rows.wide}>
          <StatusBadge status={status} />
        </div>
        <IconChevronRight size={20} aria-hidden className={rows.onward} />
      </Group>
    </RowLink>
  );
}
