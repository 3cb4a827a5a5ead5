import { daysBetween } from "~/i18n/calendarDay";
import { localeOf } from "~/i18n/locale";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** How long until then, as one says it: "in 25 minutes", "in 3 hours", "tomorrow", "in 6 days". */
export function until(language: string, then: Date, now: Date): string {
  const words = new Intl.RelativeTimeFormat(localeOf(language), { numeric: "auto" });
  const left = then.getTime() - now.getTime();
  const days = daysBetween(now, then);
  if (left < HOUR_MS) return words.format(Math.max(0, Math.ceil(left / MINUTE_MS)), "minute");
  if (days === 0) return words.format(Math.round(left / HOUR_MS), "hour");
  if (days < 14) return words.format(days, "day");
  return words.format(Math.round(days / 7), "week");
}
