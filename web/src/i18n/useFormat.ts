import { useTranslation } from "react-i18next";
import { localeOf } from "~/i18n/locale";

/** Dates, times and numbers as the reader's language writes them, in the browser's time zone. */
export function useFormat() {
  const { i18n } = useTranslation();
  return formatsOf(i18n.language);
}

/** Making them takes longer than using them a hundred times, so they are made once. */
const made = new Map<string, Format>();

function formatsOf(language: string) {
  const known = made.get(language) ?? formats(language);
  made.set(language, known);
  return known;
}

export type Format = ReturnType<typeof formats>;

type Moment = string | Date;

function formats(language: string) {
  const locale = localeOf(language);
  const of = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(locale, options);
    return (moment: Moment) => format.format(new Date(moment));
  };
  const number = new Intl.NumberFormat(locale);
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  return {
    time: of({ timeStyle: "short" }),
    date: of({ dateStyle: "medium" }),
    /** With the day of the week and the year. */
    fullDate: of({ dateStyle: "full" }),
    day: of({ weekday: "long", day: "numeric", month: "long" }),
    month: of({ month: "short" }),
    dayNumber: of({ day: "numeric" }),
    weekdayName: of({ weekday: "short" }),
    /** As short as a date can be. */
    shortDate: of({ day: "numeric", month: "numeric", year: "2-digit" }),
    /** As short as a column's head: "Mon 1". */
    weekday: of({ weekday: "short", day: "numeric" }),
    dateTime: of({ dateStyle: "medium", timeStyle: "short" }),
    /** To the second, for what has to be exact. */
    exact: of({ dateStyle: "medium", timeStyle: "medium" }),
    number: (value: number) => number.format(value),
    /** As in "in 3 minutes", "in 3 days" or "yesterday". */
    inMinutes: (minutes: number) => relative.format(minutes, "minute"),
    inDays: (days: number) => relative.format(days, "day"),
  };
}
