/** Days of the browser's time zone, as text: 2027-03-01. So they go into addresses and inputs. */

const PATTERN = /^\d{4}-\d{2}-\d{2}$/;

export function isDay(value: unknown): value is string {
  return typeof value === "string" && PATTERN.test(value) && dayOf(startOf(value)) === value;
}

export function dayOf(moment: Date | string): string {
  const date = new Date(moment);
  const two = (number: number) => String(number).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

export function dayToday(): string {
  return dayOf(new Date());
}

/** The first instant of a day. */
export function startOf(day: string): Date {
  return new Date(`${day}T00:00`);
}

export function addDays(day: string, days: number): string {
  const date = startOf(day);
  date.setDate(date.getDate() + days);
  return dayOf(date);
}

/** The seven days of its week, from Monday. */
export function weekOf(day: string): string[] {
  const weekday = (startOf(day).getDay() + 6) % 7;
  const monday = addDays(day, -weekday);
  return Array.from({ length: 7 }, (_, index) => addDays(monday, index));
}

/** How many days it is from one day to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((startOf(to).getTime() - startOf(from).getTime()) / 86_400_000);
}

/** Minutes since the day's midnight, as the clocks show them. */
export function minuteOf(moment: string): number {
  const date = new Date(moment);
  return date.getHours() * 60 + date.getMinutes();
}
