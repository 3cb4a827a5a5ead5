/** What each frame makes out of date, beside what is exactly known from it. */
import { keys } from "~/api/keys";
import type { ServerFrame, StateFrame } from "~/live/frames";

type Prefix = readonly string[];

const appointment = [keys.appointments, keys.slots, keys.notices];
const consultation = [keys.consultations, keys.medicines, keys.notices];
const account = [keys.people, keys.approvals, keys.deletedItems, keys.notices];
/** The notices also say in which conversations messages wait. */
const waiting = [keys.notices];

const prefixes: Record<StateFrame["type"], readonly Prefix[]> = {
  room_opened: [keys.contacts],
  message_posted: waiting,
  message_edited: [],
  message_retracted: waiting,
  message_restored: waiting,
  message_hidden: waiting,
  hidden_message_decided: waiting,
  reaction_added: [],
  reaction_removed: [],
  messages_delivered: [],
  messages_read: waiting,
  room_closed: [],
  room_reopened: [],
  unreadable: [...consultation, keys.rooms, keys.eachMessages, keys.contacts],
  consultation_opened: consultation,
  consultation_saved: [keys.consultations],
  consultation_signed: consultation,
  consultation_amended: consultation,
  correction_requested: consultation,
  correction_accepted: consultation,
  correction_declined: consultation,
  consultation_deleted: consultation,
  consultation_restored: consultation,
  review_due: [keys.consultations, keys.notices],
  appointment_booked: [...appointment, keys.contacts],
  appointment_rescheduled: appointment,
  appointment_cancelled: appointment,
  appointment_completed: [...appointment, keys.consultations],
  appointment_no_show: appointment,
  appointment_deleted: appointment,
  appointment_restored: appointment,
  appointment_unreadable: [...appointment, keys.contacts, keys.consultations],
  account_registered: account,
  account_requested: account,
  account_approved: account,
  account_refused: account,
  account_role_changed: [...account, keys.doctors],
  account_deactivated: [...account, keys.doctors],
  account_restored: [...account, keys.doctors],
  account_profile_changed: [...account, keys.doctors],
  account_specialty_changed: [...account, keys.doctors],
  account_availability_changed: [...account, keys.doctors],
  account_unreadable: [...account, keys.doctors],
  record_opened: [keys.accessReport, keys.notices],
  notices_seen: [keys.notices],
};

/** Nothing, for frames of a kind that this client does not know. */
export function outOfDate(frame: ServerFrame): readonly Prefix[] {
  const of: Partial<Record<string, readonly Prefix[]>> = prefixes;
  return of[frame.type] ?? [];
}
