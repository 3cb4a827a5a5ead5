/** Working hours as a form holds them, what is wrong with them, and who is booked outside. */
import type { Appointment, DaySpan, Weekday, WeeklySpan, WorkingHours } from "~/api/schema";

export const WEEKDAYS: readonly Weekday[] = [
  "monday",
  "tuesday",
  "wednesday",
  "thursday",
  "friday",
  "saturday",
  "sunday",
];

export const SPANS_MAX = 8;

/** A span being written: a time input may be empty, and can not say 24:00. */
export interface SpanRow {
  id: string;
  from: string;
  to: string;
}

export type Week = Record<Weekday, SpanRow[]>;
export type SpanFault = "incomplete" | "ends_before" | "overlaps";

export function spanRow(from = "", to = ""): SpanRow {
  return { id: crypto.randomUUID(), from, to: to === "24:00" ? "00:00" : to };
}

/** Midnight, as an end, is that of the next day. */
function end(row: SpanRow): string {
  return row.to === "00:00" ? "24:00" : row.to;
}

export function rowsOf(spans: DaySpan[]): SpanRow[] {
  return spans.map(({ from, to }) => spanRow(from, to));
}

export function spansOf(rows: SpanRow[]): DaySpan[] {
  return rows.map((row) => ({ from: row.from, to: end(row) }));
}

export function weekOfSpans(spans: WeeklySpan[]): Week {
  const day = (weekday: Weekday) => rowsOf(spans.filter((span) => span.weekday === weekday));
  return Object.fromEntries(WEEKDAYS.map((weekday) => [weekday, day(weekday)])) as Week;
}

export function spansOfWeek(week: Week): WeeklySpan[] {
  return WEEKDAYS.flatMap((weekday) =>
    spansOf(week[weekday]).map((span) => ({ weekday, ...span })),
  );
}

/** What is wrong with the spans of one day, by their ids. */
export function spanFaults(rows: SpanRow[]): Map<string, SpanFault> {
  const faults = new Map<string, SpanFault>();
  for (const row of rows) {
    if (row.from === "" || row.to === "") faults.set(row.id, "incomplete");
    else if (row.from >= end(row)) faults.set(row.id, "ends_before");
    else if (rows.some((other) => other.id !== row.id && overlap(row, other))) {
      faults.set(row.id, "overlaps");
    }
  }
  return faults;
}

function overlap(one: SpanRow, other: SpanRow): boolean {
  if (other.from === "" || other.to === "" || other.from >= end(other)) return false;
  return one.from < end(other) && other.from < end(one);
}

export function isWeekSound(week: Week): boolean {
  return WEEKDAYS.every((weekday) => spanFaults(week[weekday]).size === 0);
}

type Rules = Pick<WorkingHours, "week" | "exceptions"> & { zone: string };

/** Appointments that are not within the hours: they stay, so somebody has to see to them. */
export function outsideOf(rules: Rules, appointments: Appointment[]): Appointment[] {
  const clock = clockIn(rules.zone);
  return appointments.filter((appointment) => {
    const from = clock(appointment.starts_at);
    const to = clock(appointment.ends_at);
    const until = to.date === from.date ? to.time : "24:00";
    const spans = spansOn(rules, from.date);
    return !spans.some((span) => span.from <= from.time && until <= span.to);
  });
}

/** The appointments of a day, as the clocks in a zone count days. */
export function onDay(appointments: Appointment[], date: string, zone: string): Appointment[] {
  const clock = clockIn(zone);
  return appointments.filter((appointment) => clock(appointment.starts_at).date === date);
}

function spansOn(rules: Rules, date: string): DaySpan[] {
  const exception = rules.exceptions.find((one) => one.date === date);
  const weekday = WEEKDAYS[(new Date(`${date}T12:00Z`).getUTCDay() + 6) % 7];
  return joined(exception?.spans ?? rules.week.filter((span) => span.weekday === weekday));
}

/** Spans that touch are one. */
function joined(spans: DaySpan[]): DaySpan[] {
  const sorted = [...spans].sort((one, other) => (one.from < other.from ? -1 : 1));
  const whole: DaySpan[] = [];
  for (const { from, to } of sorted) {
    const last = whole.at(-1);
    if (last !== undefined && last.to === from) last.to = to;
    else whole.push({ from, to });
  }
  return whole;
}

/** What a clock in a zone shows at a moment, in a form that can be compared. */
function clockIn(zone: string): (moment: string) => { date: string; time: string } {
  const format = new Intl.DateTimeFormat("sv-SE", {
    timeZone: zone,
    dateStyle: "short",
    timeStyle: "short",
  });
  return (moment) => {
    const [date = "", time = ""] = format.format(new Date(moment)).split(" ");
    return { date, time };
  };
}
