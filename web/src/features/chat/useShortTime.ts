import { daysBetween } from "~/i18n/calendarDay";
import { useFormat } from "~/i18n/useFormat";

/** As short as it is still clear: the time today, "yesterday", the weekday, or the date. */
export function useShortTime(): (at: string) => string {
  const { time, weekdayName, shortDate, inDays } = useFormat();
  return (at) => {
    const days = daysAgo(at);
    if (days <= 0) return time(at);
    if (days === 1) return inDays(-1);
    return days < 7 ? weekdayName(at) : shortDate(at);
  };
}

/** The day as a reader says it: "today", "yesterday", or which one. */
export function useDayWords(): (at: string) => string {
  const { day, date, inDays } = useFormat();
  return (at) => {
    const days = daysAgo(at);
    if (days < 2) return capital(inDays(-Math.max(0, days)));
    return days < 180 ? day(at) : date(at);
  };
}

function daysAgo(at: string): number {
  return daysBetween(new Date(at), new Date());
}

function capital(words: string): string {
  return words.charAt(0).toLocaleUpperCase() + words.slice(1);
}
