/** Every frame of the live feed, as docs/PROTOCOL.md describes them. */
import type { Availability, Reaction, Role } from "~/api/schema";

/** Opaque: only ever sent back. */
export type Cursor = string;

interface OfRoom {
  cursor: Cursor;
  room_id: string;
}

interface OfMessage extends OfRoom {
  number: number;
}

interface RoomOpened extends OfRoom {
  type: "room_opened";
  patient_id: string;
  doctor_id: string;
}

export interface MessagePosted extends OfMessage {
  type: "message_posted";
  author_id: string;
  /** Null when the words are not there any more. */
  body: string | null;
  posted_at: string;
  client_id?: string;
}

export interface MessageEdited extends OfMessage {
  type: "message_edited";
  version: number;
  body: string | null;
  edited_at: string;
}

interface MessageRetracted extends OfMessage {
  type: "message_retracted";
}

/** Its words are not to be seen any more. */
export type MessageWithdrawn = MessageRetracted | MessageHidden;

interface MessageRestored extends OfMessage {
  type: "message_restored";
}

interface MessageHidden extends OfMessage {
  type: "message_hidden";
  author_id: string;
}

interface HiddenMessageDecided extends OfMessage {
  type: "hidden_message_decided";
  author_id: string;
  decision: "shown_again" | "stays_hidden";
}

export interface Reacted extends OfMessage {
  type: "reaction_added" | "reaction_removed";
  by: string;
  reaction: Reaction;
}

export interface Marked extends OfRoom {
  type: "messages_delivered" | "messages_read";
  by: string;
  through: number;
}

interface RoomClosedOrReopened extends OfRoom {
  type: "room_closed" | "room_reopened";
  by: string;
}

/** Of a room, or (with a version) of a consultation: something that only a newer server reads. */
interface Unreadable {
  type: "unreadable";
  cursor: Cursor;
  room_id?: string;
  consultation_id?: string;
  version?: number;
}

/** What happens in a room, and so to what this page keeps of rooms and their messages. */
export type RoomFrame =
  | RoomOpened
  | MessagePosted
  | MessageEdited
  | MessageRetracted
  | MessageRestored
  | MessageHidden
  | HiddenMessageDecided
  | Reacted
  | Marked
  | RoomClosedOrReopened;

interface OfConsultation {
  cursor: Cursor;
  consultation_id: string;
  version: number;
}

type ConsultationFrame = OfConsultation &
  (
    | {
        type: "consultation_opened";
        appointment_id: string;
        patient_id: string;
        doctor_id: string;
      }
    | { type: "consultation_saved"; saved_at: string }
    | { type: "consultation_signed"; signed_at: string }
    | { type: "consultation_amended"; amended_at: string }
    | { type: "correction_requested"; number: number; requested_at: string }
    | { type: "correction_accepted"; number: number; amendment: number; answered_at: string }
    | { type: "correction_declined"; number: number; answered_at: string }
    | { type: "consultation_deleted" | "consultation_restored" }
    | { type: "review_due"; on: string }
  );

interface OfAppointment {
  cursor: Cursor;
  appointment_id: string;
  version: number;
}

type AppointmentFrame = OfAppointment &
  (
    | {
        type: "appointment_booked";
        patient_id: string;
        doctor_id: string;
        room_id: string;
        starts_at: string;
        ends_at: string;
        zone: string;
        reason: string | null;
        booked_at: string;
      }
    | {
        type: "appointment_rescheduled";
        by: string;
        starts_at: string;
        ends_at: string;
        zone: string;
      }
    | { type: "appointment_cancelled"; by: string; reason: string | null }
    | {
        type:
          | "appointment_completed"
          | "appointment_no_show"
          | "appointment_deleted"
          | "appointment_restored";
        by: string;
      }
    | { type: "appointment_unreadable" }
  );

interface OfAccount {
  cursor: Cursor;
  account_id: string;
  version: number;
}

type AccountFrame = OfAccount &
  (
    | { type: "account_registered" | "account_profile_changed" | "account_unreadable" }
    | { type: "account_requested"; requested_role: Role }
    | { type: "account_approved"; by: string | null; role: Role }
    | { type: "account_role_changed"; by: string; role: Role }
    | { type: "account_refused" | "account_deactivated" | "account_restored"; by: string }
    | { type: "account_specialty_changed"; specialty: string | null }
    | { type: "account_availability_changed"; availability: Availability }
  );

interface RecordOpened {
  type: "record_opened";
  grant_id: string;
  officer_id: string;
  expires_at: string;
  at: string;
  cursor: Cursor;
}

interface NoticesSeen {
  type: "notices_seen";
  through: Cursor;
  cursor: Cursor;
}

/** What happened, in the order of the log. Each moves the client on. */
export type StateFrame =
  | RoomFrame
  | Unreadable
  | ConsultationFrame
  | AppointmentFrame
  | AccountFrame
  | RecordOpened
  | NoticesSeen;

export interface Typing {
  type: "typing";
  room_id: string;
  by: string;
}

export interface Presence {
  type: "presence";
  account_id: string;
  online: boolean;
}

/** What is not sent again when it is lost. */
export type PassingFrame = Typing | Presence;

export interface Welcome {
  type: "welcome" | "reset";
  account_id: string;
  cursor: Cursor;
}

export interface Ack {
  type: "ack";
  client_id: string;
  sequence: number | null;
  cursor: Cursor | null;
  recorded_at: string | null;
  replayed: boolean;
}

export interface Refused {
  type: "error";
  client_id: string | null;
  code: string;
  message: string;
  request_id: string;
}

interface Bye {
  type: "bye";
  code: string;
}

export type ServerFrame = StateFrame | PassingFrame | Welcome | Ack | Refused | Bye;

/** What a client asks for. Each is carried out once, however often it is sent. */
export type Command =
  | { type: "post_message"; room_id: string; body: string }
  | { type: "edit_message"; room_id: string; number: number; body: string; based_on: number }
  | { type: "retract_message"; room_id: string; number: number }
  | {
      type: "add_reaction" | "remove_reaction";
      room_id: string;
      number: number;
      reaction: Reaction;
    }
  | { type: "mark_delivered" | "mark_read"; room_id: string; through: number }
  | { type: "close_room" | "reopen_room"; room_id: string };

/** A frame of a kind that this client does not know may still move it on. */
export function cursorOf(frame: object): Cursor | null {
  return "cursor" in frame && typeof frame.cursor === "string" ? frame.cursor : null;
}

/** What came, if it is a frame at all. Its content is the server's promise, held by its tests. */
export function parseFrame(text: string): ServerFrame | null {
  try {
    const frame: unknown = JSON.parse(text);
    const is = typeof frame === "object" && frame !== null && "type" in frame;
    return is ? (frame as ServerFrame) : null;
  } catch {
    return null;
  }
}
