/** What each kind of notice is about, and so where it leads. */
import type { Notice } from "~/api/schema";

type About = "appointment" | "consultation" | "room" | "account" | "grant" | "self";

const ABOUT: Record<string, About> = {
  appointment_booked: "appointment",
  appointment_rescheduled: "appointment",
  appointment_cancelled: "appointment",
  appointment_no_show: "appointment",
  consultation_signed: "consultation",
  consultation_amended: "consultation",
  correction_requested: "consultation",
  correction_accepted: "consultation",
  correction_declined: "consultation",
  review_due: "consultation",
  message_hidden: "room",
  message_shown_again: "room",
  message_stays_hidden: "room",
  account_requested: "account",
  account_approved: "self",
  record_opened: "grant",
};

const PATHS: Record<About, (id: string) => string | null> = {
  appointment: (id) => `/appointments/${id}`,
  consultation: (id) => `/consultations/${id}`,
  room: (id) => `/messages/${id}`,
  account: () => "/people",
  grant: () => "/privacy",
  self: () => null,
};

/** A path of this site; null when there is nothing more to see. */
export function targetOf({ kind, about }: Pick<Notice, "kind" | "about">): string | null {
  const of = ABOUT[kind];
  return of === undefined ? null : PATHS[of](about);
}
