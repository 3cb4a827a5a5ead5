/** The free times of a week, sorted into the days and the parts of a day of the browser's zone. */
import type { Interval } from "~/api/schema";
import { dayAfter, dayName } from "~/i18n/calendarDay";

export const WEEK_DAYS = 7;

export interface Day {
  name: string;
  start: Date;
  slots: Interval[];
}

/** The seven days from `first` on, each with what is free on it. */
export function daysOf(first: Date, slots: Interval[]): Day[] {
  return Array.from({ length: WEEK_DAYS }, (_, index) => {
    const start = dayAfter(first, index);
    const name = dayName(start);
    return {
      name,
      start,
      slots: slots.filter(({ starts_at }) => dayName(new Date(starts_at)) === name),
    };
  });
}

/** Parts of the day, and the hour at which each begins. */
const PARTS = { night: 0, morning: 5, afternoon: 12, evening: 17 } as const;
export type Part = keyof typeof PARTS;

/** What is free in each part of a day; parts without anything are left out. */
export function partsOf(slots: Interval[]): { part: Part; slots: Interval[] }[] {
  const names = Object.keys(PARTS) as Part[];
  const partOf = ({ starts_at }: Interval) =>
    names.findLast((name) => new Date(starts_at).getHours() >= PARTS[name]);
  return names
    .map((part) => ({ part, slots: slots.filter((slot) => partOf(slot) === part) }))
    .filter(({ slots: free }) => free.length > 0);
}
