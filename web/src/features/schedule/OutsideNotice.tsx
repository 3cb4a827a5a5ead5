import { Alert, Button, List, Stack, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Appointment, WorkingHours } from "~/api/schema";
import { usePatientName } from "~/features/patients/PatientName";
import { useFormat } from "~/i18n/useFormat";
import { AnchorLink } from "~/ui/links";
import { outsideOf } from "./hours";
import { useUpcoming } from "./queries";

const SHOWN_MAX = 5;

/** Who is booked when the doctor does not work any more: that stays, and has to be seen to. */
export function OutsideNotice({ hours }: { hours: WorkingHours }) {
  const { t } = useTranslation("schedule");
  const upcoming = useUpcoming();
  const { zone } = hours;
  if (zone === null || upcoming.data === undefined) return null;
  const booked = upcoming.data.pages.flatMap((page) => page.appointments);
  const outside = outsideOf({ ...hours, zone }, booked);
  if (outside.length === 0) return null;
  return (
    <Alert
      color="yellow"
      role="status"
      icon={<IconAlertTriangle aria-hidden />}
      title={t("outside_title", { count: outside.length })}
    >
      <Stack gap="xs">
        <Text size="sm">{t("outside_words")}</Text>
        <List size="sm">
          {outside.slice(0, SHOWN_MAX).map((appointment) => (
            <List.Item key={appointment.appointment_id}>
              <Booked appointment={appointment} />
            </List.Item>
          ))}
        </List>
        {outside.length > SHOWN_MAX && (
          <Text size="sm">{t("outside_more", { count: outside.length - SHOWN_MAX })}</Text>
        )}
        {upcoming.hasNextPage && (
          <Button
            size="compact-sm"
            variant="default"
            loading={upcoming.isFetchingNextPage}
            onClick={() => void upcoming.fetchNextPage()}
          >
            {t("look_further")}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}

/** An appointment in one line, which leads to it. */
export function Booked({ appointment }: { appointment: Appointment }) {
  const format = useFormat();
  const name = usePatientName(appointment.patient_id, appointment.room_id);
  return (
    <AnchorLink
      to="/appointments/$appointmentId"
      params={{ appointmentId: appointment.appointment_id }}
      size="sm"
      underline="always"
      display="inline-block"
      py={4}
    >
      {format.dateTime(appointment.starts_at)} · {name}
    </AnchorLink>
  );
}
