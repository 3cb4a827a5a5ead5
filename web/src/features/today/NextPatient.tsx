import { Group, Paper, Stack, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Appointment } from "~/api/schema";
import { usePatientName } from "~/features/patients/PatientName";
import { useFormat } from "~/i18n/useFormat";
import { PersonAvatar } from "~/ui/PersonAvatar";
import { AppointmentButtons } from "./AppointmentButtons";
import classes from "./Today.module.css";

interface Props {
  appointment: Appointment;
  now: Date;
}

/** The patient who is here, or comes next, with all there is to do at hand. */
export function NextPatient({ appointment, now }: Props) {
  const { t } = useTranslation("today");
  const format = useFormat();
  const name = usePatientName(appointment.patient_id, appointment.room_id);
  const begun = new Date(appointment.starts_at) <= now;
  const minutes = Math.ceil((Date.parse(appointment.starts_at) - now.getTime()) / 60_000);
  const time = `${format.time(appointment.starts_at)} – ${format.time(appointment.ends_at)}`;
  const label = t(begun ? "here_now" : "next_patient");
  return (
    <Paper
      withBorder
      p={{ base: "md", sm: "lg" }}
      component="section"
      aria-label={label}
      className={classes.next}
    >
      <Stack gap="md">
        <Group gap="md" wrap="nowrap" align="flex-start">
          <PersonAvatar name={name} size={52} />
          <div className={classes.words}>
            <Title order={2} size="sm" className={classes.label}>
              {label}
            </Title>
            <Text fw={650} size="xl" className={classes.words}>
              {name}
            </Text>
            <Text>
              {time}
              {!begun && minutes <= 120 && ` · ${format.inMinutes(minutes)}`}
            </Text>
            {appointment.reason !== null && (
              <Text c="dimmed" className={classes.words} dir="auto">
                {appointment.reason}
              </Text>
            )}
          </div>
        </Group>
        <Group gap="xs">
          <AppointmentButtons appointment={appointment} name={name} main />
        </Group>
      </Stack>
    </Paper>
  );
}
