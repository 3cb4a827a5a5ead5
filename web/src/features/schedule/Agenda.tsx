import { Badge, Group, Stack, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Appointment } from "~/api/schema";
import { PatientName } from "~/features/patients/PatientName";
import { useFormat } from "~/i18n/useFormat";
import classes from "./Agenda.module.css";
import { AppointmentStatus } from "./AppointmentStatus";
import { dayOf, dayToday, startOf } from "./days";

interface Props {
  days: string[];
  appointments: Appointment[];
}

/** Days one below the other, the empty ones left out: the calendar for a narrow screen. */
export function Agenda({ days, appointments }: Props) {
  const { t } = useTranslation("schedule");
  const format = useFormat();
  const on = (day: string) => appointments.filter(({ starts_at }) => dayOf(starts_at) === day);
  const shown = days.filter((day) => days.length === 1 || day === dayToday() || on(day).length > 0);
  if (shown.length === 0) return <Text c="dimmed">{t("week_empty")}</Text>;
  return (
    <Stack gap="lg">
      {shown.map((day) => {
        const those = on(day);
        return (
          <section key={day} aria-label={format.day(startOf(day))}>
            <Group gap="xs" mb="xs">
              <Title order={2} size="h5">
                {format.day(startOf(day))}
              </Title>
              {day === dayToday() && <Badge variant="light">{t("today")}</Badge>}
            </Group>
            {those.length === 0 ? (
              <Text size="sm" c="dimmed">
                {t("day_empty")}
              </Text>
            ) : (
              <ol className={classes.list}>
                {those.map((one) => (
                  <Line key={one.appointment_id} appointment={one} />
                ))}
              </ol>
            )}
          </section>
        );
      })}
    </Stack>
  );
}

function Line({ appointment }: { appointment: Appointment }) {
  const format = useFormat();
  return (
    <li>
      <Link
        to="/appointments/$appointmentId"
        params={{ appointmentId: appointment.appointment_id }}
        className={classes.line}
      >
        <span className={classes.time}>{format.time(appointment.starts_at)}</span>
        <span className={classes.who}>
          <PatientName patientId={appointment.patient_id} roomId={appointment.room_id} />
        </span>
        <AppointmentStatus appointment={appointment} />
      </Link>
    </li>
  );
}
