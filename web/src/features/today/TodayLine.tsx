import { Group, Text } from "@mantine/core";
import type { Appointment } from "~/api/schema";
import { usePatientName } from "~/features/patients/PatientName";
import { AppointmentStatus, phaseOf } from "~/features/schedule/AppointmentStatus";
import { useFormat } from "~/i18n/useFormat";
import { AnchorLink } from "~/ui/links";
import { AppointmentButtons } from "./AppointmentButtons";
import classes from "./Today.module.css";

interface Props {
  appointment: Appointment;
  now: Date;
  /** It is shown above as well, with its buttons. */
  isNext: boolean;
}

/** One appointment of the day. */
export function TodayLine({ appointment, now, isNext }: Props) {
  const format = useFormat();
  const name = usePatientName(appointment.patient_id, appointment.room_id);
  const phase = phaseOf(appointment, now);
  return (
    <li className={classes.line} data-phase={phase}>
      <Text component="span" className={classes.time}>
        {format.time(appointment.starts_at)}
      </Text>
      <div className={classes.words}>
        <Group gap="xs">
          <AnchorLink
            to="/appointments/$appointmentId"
            params={{ appointmentId: appointment.appointment_id }}
            className={classes.name}
          >
            {name}
          </AnchorLink>
          <AppointmentStatus appointment={appointment} />
        </Group>
        {appointment.reason !== null && (
          <Text size="sm" c="dimmed" className={classes.words} dir="auto">
            {appointment.reason}
          </Text>
        )}
        {!isNext && (
          <Group gap="xs" mt="xs">
            <AppointmentButtons appointment={appointment} name={name} />
          </Group>
        )}
      </div>
    </li>
  );
}
