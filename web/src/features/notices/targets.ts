/** What each kind of notice is about, and so where it leads. */
import { type LinkProps, linkOptions } from "@tanstack/react-router";
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

const PAGES: Record<About, (id: string) => LinkProps | null> = {
  appointment: (id) =>
    linkOptions({ to: "/appointments/$appointmentId", params: { appointmentId: id } }),
  consultation: (id) =>
    linkOptions({ to: "/consultations/$consultationId", params: { consultationId: id } }),
  room: (id) => linkOptions({ to: "/messages/$roomId", params: { roomId: id } }),
  account: () => linkOptions({ to: "/people" }),
  grant: () => linkOptions({ to: "/privacy" }),
  self: () => null,
};

/** A page of this site; null when there is nothing more to see. */
export function targetOf({ kind, about }: Pick<Notice, "kind" | "about">): LinkProps | null {
  const of = ABOUT[kind];
  return of === undefined ? null : PAGES[of](about);
}
