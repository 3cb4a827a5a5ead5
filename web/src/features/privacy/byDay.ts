import type { AccessReportLook } from "~/api/schema";
import { dayName } from "~/i18n/calendarDay";

/** The same person looked at the same for the same reason, perhaps again and again. */
export interface Looked {
  /** The latest one. */
  look: AccessReportLook;
  times: number;
  /** When the first one of them was. */
  since: string;
}

export interface LookedDay {
  day: string;
  looked: Looked[];
}

/**
 * Looks of one day of the browser's zone together, in the order in which they come. Those that
 * follow each other and say the same are one line.
 */
export function byDay(looks: AccessReportLook[]): LookedDay[] {
  const days: LookedDay[] = [];
  for (const look of looks) {
    const last = days.at(-1);
    const same = last !== undefined && dayName(new Date(last.day)) === dayName(new Date(look.at));
    const { looked } = same ? last : addTo(days, { day: look.at, looked: [] });
    const before = looked.at(-1);
    if (before === undefined || !alike(before.look, look)) {
      looked.push({ look, times: 1, since: look.at });
    } else {
      before.times += 1;
      before.since = look.at;
    }
  }
  return days;
}

function addTo<T>(list: T[], one: T): T {
  list.push(one);
  return one;
}

/** The version that was seen makes no difference to what it is called. */
function alike(one: AccessReportLook, other: AccessReportLook): boolean {
  const said = ({ who, role, what, parts, reason }: AccessReportLook) =>
    JSON.stringify([who, role, what, reason, parts.map(({ id, starts_at }) => [id, starts_at])]);
  // Of messages it says how many, so each stands for itself.
  return one.what !== "messages" && said(one) === said(other);
}
