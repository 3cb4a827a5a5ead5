import { Paper, Skeleton, Stack, Text, Title } from "@mantine/core";
import { IconCalendarSmile, IconCalendarWeek } from "@tabler/icons-react";
import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import type { Appointment } from "~/api/schema";
import { dayOf } from "~/features/schedule/days";
import { useAppointmentsOn } from "~/features/schedule/queries";
import { useFormat } from "~/i18n/useFormat";
import { EmptyState } from "~/ui/EmptyState";
import { ErrorNotice } from "~/ui/ErrorNotice";
import { ButtonLink } from "~/ui/links";
import { useNow } from "~/ui/useNow";
import { NextPatient } from "./NextPatient";
import classes from "./Today.module.css";
import { TodayLine } from "./TodayLine";

/** The day: who comes next, and everybody in order, with a line where one is. */
export function TodayList() {
  const { t } = useTranslation("today");
  const now = useNow();
  const today = useAppointmentsOn(dayOf(now), 1);
  if (today.isError && today.data === undefined) {
    return <ErrorNotice error={today.error} onRetry={() => void today.refetch()} />;
  }
  if (today.data === undefined) return <Skeleton h={320} aria-busy="true" />;
  const next = nextOf(today.data, now);
  return (
    <Stack gap="lg">
      {next !== undefined && <NextPatient appointment={next} now={now} />}
      <Paper withBorder p={{ base: "md", sm: "lg" }} component="section" aria-label={t("your_day")}>
        <Title order={2} size="h4" mb="md">
          {t("your_day")}
        </Title>
        {today.data.length === 0 ? (
          <EmptyState icon={IconCalendarSmile} title={t("day_free")}>
            <Stack align="center" gap="sm">
              {t("day_free_words")}
              <ButtonLink
                to="/calendar"
                variant="light"
                leftSection={<IconCalendarWeek size={18} aria-hidden />}
              >
                {t("to_calendar")}
              </ButtonLink>
            </Stack>
          </EmptyState>
        ) : (
          <Timeline appointments={today.data} now={now} next={next} />
        )}
      </Paper>
    </Stack>
  );
}

/** Who is here, or else comes next. */
function nextOf(appointments: Appointment[], now: Date): Appointment | undefined {
  return appointments.find(
    ({ status, ends_at }) => status === "scheduled" && new Date(ends_at) > now,
  );
}

interface TimelineProps {
  appointments: Appointment[];
  now: Date;
  next: Appointment | undefined;
}

function Timeline({ appointments, now, next }: TimelineProps) {
  const { t } = useTranslation("today");
  const format = useFormat();
  const ahead = appointments.findIndex(({ starts_at }) => new Date(starts_at) > now);
  const line = (
    <li className={classes.now}>
      <Text component="span" size="xs" fw={700}>
        {t("now", { time: format.time(now) })}
      </Text>
    </li>
  );
  return (
    <ol className={classes.timeline}>
      {appointments.map((appointment, index) => (
        <Fragment key={appointment.appointment_id}>
          {index === ahead && line}
          <TodayLine appointment={appointment} now={now} isNext={appointment === next} />
        </Fragment>
      ))}
      {ahead === -1 && line}
    </ol>
  );
}
