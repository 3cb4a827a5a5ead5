/**
 * The beginning, in the browser's zone, of a day that comes without a time (`2026-03-01`). Read
 * as an instant it would be midnight in Greenwich, which is the day before in America.
 */
export function calendarDay(date: string): Date {
  const [year = 0, month = 1, day = 1] = date.split("-").map(Number);
  return new Date(year, month - 1, day);
}

/** The beginning of this many days after a moment's day, whatever the clocks do meanwhile. */
export function dayAfter(moment: Date, days: number): Date {
  return new Date(moment.getFullYear(), moment.getMonth(), moment.getDate() + days);
}

/** How many days the second lies after the first, counted in calendar days. */
export function daysBetween(first: Date, second: Date): number {
  const day = (moment: Date) =>
    Date.UTC(moment.getFullYear(), moment.getMonth(), moment.getDate()) / 86_400_000;
  return day(second) - day(first);
}

/** A name for a moment's day in the browser's zone, for comparing and for keys. */
export function dayName(moment: Date): string {
  return dayAfter(moment, 0).toDateString();
}
