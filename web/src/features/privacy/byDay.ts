import type { AccessReportLook } from "~/api/schema";
import { dayName } from "~/i18n/calendarDay";

/** Looks of one day of the browser's zone together, in the order in which they come. */
export function byDay(looks: AccessReportLook[]): { day: string; looks: AccessReportLook[] }[] {
  const days: { day: string; looks: AccessReportLook[] }[] = [];
  for (const look of looks) {
    const last = days.at(-1);
    const same = last !== undefined && dayName(new Date(last.day)) === dayName(new Date(look.at));
    if (same) last.looks.push(look);
    else days.push({ day: look.at, looks: [look] });
  }
  return days;
}
