/** The lists of a patient's appointments, and what is asked of the server for each. */
import type { AppointmentOrder, AppointmentStatus } from "~/api/schema";

export const LISTS = ["upcoming", "past", "cancelled"] as const;
export type ListName = (typeof LISTS)[number];

interface Asked {
  status?: AppointmentStatus;
  order?: AppointmentOrder;
  from?: string;
  to?: string;
}

/** No appointment is longer, so one that began before may be going on only this long. */
const LONGEST_MS = 24 * 60 * 60_000;

export function asked(list: ListName, now: Date): Asked {
  if (list === "cancelled") return { status: "cancelled", order: "latest" };
  if (list === "past") return { order: "latest", to: now.toISOString() };
  return { status: "scheduled", from: new Date(now.getTime() - LONGEST_MS).toISOString() };
}

/** What is going on now began before, but is not over: it stands among what is to come. */
export function belongs(
  list: ListName,
  { ends_at, status }: { ends_at: string; status: string },
  now: Date,
): boolean {
  const over = Date.parse(ends_at) <= now.getTime();
  if (list === "upcoming") return !over;
  if (list === "past") return over && status !== "cancelled";
  return true;
}
