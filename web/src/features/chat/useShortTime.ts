import { useTranslation } from "react-i18next";
import { useFormat } from "~/i18n/useFormat";

const DAY_MS = 86_400_000;

/** As short as it is still clear: the time today, "yesterday", the weekday, or the date. */
export function useShortTime(): (at: string) => string {
  const { time, inDays } = useFormat();
  const { i18n } = useTranslation();
  return (at) => {
    const days = daysAgo(at);
    if (days <= 0) return time(at);
    if (days === 1) return inDays(-1);
    const { weekday, date } = shortFormats(i18n.language);
    return (days < 7 ? weekday : date).format(new Date(at));
  };
}

const made = new Map<string, { weekday: Intl.DateTimeFormat; date: Intl.DateTimeFormat }>();

/** Made once for each language: a list has many rows. */
function shortFormats(language: string) {
  const known = made.get(language) ?? {
    weekday: new Intl.DateTimeFormat(language, { weekday: "short" }),
    date: new Intl.DateTimeFormat(language, { day: "numeric", month: "numeric", year: "2-digit" }),
  };
  made.set(language, known);
  return known;
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
  const midnight = (moment: Date) => moment.setHours(0, 0, 0, 0);
  return Math.round((midnight(new Date()) - midnight(new Date(at))) / DAY_MS);
}

function capital(words: string): string {
  return words.charAt(0).toLocaleUpperCase() + words.slice(1);
}
