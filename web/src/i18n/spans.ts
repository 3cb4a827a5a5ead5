import { localeOf } from "~/i18n/locale";
/** From one moment to another, as the language writes it: what both share is said once. */
export function timeSpan(language: string, from: string | Date, to: string | Date): string {
  const format = new Intl.DateTimeFormat(localeOf(language), { timeStyle: "short" });
  return format.formatRange(new Date(from), new Date(to));
}

/** As {@link timeSpan}, of days. */
export function daySpan(language: string, from: Date, to: Date): string {
  return new Intl.DateTimeFormat(localeOf(language), { dateStyle: "medium" }).formatRange(from, to);
}
