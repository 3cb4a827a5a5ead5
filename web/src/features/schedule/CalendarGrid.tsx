import { Skeleton, Text, VisuallyHidden } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Appointment } from "~/api/schema";
import { useFormat } from "~/i18n/useFormat";
import { useNow } from "~/ui/useNow";
import { AppointmentBlock } from "./AppointmentBlock";
import classes from "./Calendar.module.css";
import { dayOf, dayToday, minuteOf, startOf } from "./days";
import { hoursShown, type Placed, place } from "./lanes";

interface Props {
  days: string[];
  appointments: Appointment[];
}

/** Days side by side, with the hours going down. */
export function CalendarGrid({ days, appointments }: Props) {
  const { t } = useTranslation("schedule");
  const byDay = days.map((day) =>
    place(appointments.filter(({ starts_at }) => dayOf(starts_at) === day)),
  );
  const { first, last } = hoursShown(byDay.flat());
  const hours = Array.from({ length: last - first }, (_, index) => first + index);
  const rows = { "--hours": hours.length, "--days": days.length } as React.CSSProperties;
  return (
    <div className={classes.grid} style={rows}>
      <div className={classes.hours} aria-hidden>
        {hours.map((hour) => (
          <Hour key={hour} hour={hour} />
        ))}
      </div>
      {days.map((day, index) => (
        <Day key={day} day={day} placed={byDay[index] ?? []} first={first} last={last} />
      ))}
      {appointments.length === 0 && (
        <Text className={classes.nothing} c="dimmed">
          {t(days.length === 1 ? "day_empty" : "week_empty")}
        </Text>
      )}
    </div>
  );
}

function Hour({ hour }: { hour: number }) {
  const format = useFormat();
  return <div className={classes.hour}>{format.time(new Date(2000, 0, 1, hour))}</div>;
}

interface DayProps {
  day: string;
  placed: Placed[];
  first: number;
  last: number;
}

function Day({ day, placed, first, last }: DayProps) {
  const format = useFormat();
  const { t } = useTranslation("schedule");
  const today = day === dayToday();
  const name = format.day(startOf(day));
  return (
    <section className={classes.day} aria-label={name}>
      <div className={classes.head} data-today={today || undefined}>
        <span aria-hidden>{format.weekday(startOf(day))}</span>
        <VisuallyHidden>
          {today ? `${t("today")}, ` : ""}
          {name}
        </VisuallyHidden>
      </div>
      <ol className={classes.column}>
        {placed.map((one) => (
          <AppointmentBlock key={one.appointment.appointment_id} placed={one} first={first} />
        ))}
      </ol>
      {today && <NowLine first={first} last={last} />}
    </section>
  );
}

/** Where in the day one is. It says nothing to a screen reader, which knows the time. */
function NowLine({ first, last }: { first: number; last: number }) {
  const minute = minuteOf(useNow().toISOString());
  if (minute < first * 60 || minute > last * 60) return null;
  const style = { "--minute": minute - first * 60 } as React.CSSProperties;
  return <div className={classes.now} style={style} aria-hidden />;
}

/** The calendar's shape while the appointments are on their way. */
export function CalendarWaits() {
  return <Skeleton h={480} aria-busy="true" />;
}
