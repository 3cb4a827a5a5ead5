import type {
  DeletedKind,
  RestoreAccountReason,
  RestoreAppointmentReason,
  RestoreConsultationReason,
  RestoreMessageReason,
} from "~/api/schema";
import { calendarDay, dayAfter } from "~/i18n/calendarDay";

export const KINDS: DeletedKind[] = ["appointment", "consultation", "message", "account"];

export interface DeletedFilter {
  kind?: DeletedKind;
  /** An account's id. */
  person?: string;
  /** The first day, as the browser's zone counts them: `2026-03-01`. */
  from?: string;
  /** The last day, not before the first. */
  until?: string;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function asKind(value: unknown): { kind?: DeletedKind } {
  const kind = KINDS.find((one) => one === value);
  return kind === undefined ? {} : { kind };
}

export function asPerson(value: unknown): { person?: string } {
  return typeof value === "string" && UUID.test(value) ? { person: value } : {};
}

function isDay(value: unknown): value is string {
  if (typeof value !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  // What the calendar does not have (30 February) would be another day.
  return new Date(`${value}T00:00:00Z`).toJSON()?.startsWith(value) ?? false;
}

/** Days that are none are left out, and so is a last one before the first. */
export function asDays(from: unknown, until: unknown): { from?: string; until?: string } {
  const first = isDay(from) ? { from } : {};
  const last = isDay(until) && !(isDay(from) && until < from) ? { until } : {};
  return { ...first, ...last };
}

/** The period from the first day's beginning to the last one's end, as the server wants it. */
export function periodOf({ from, until }: DeletedFilter): { from?: string; to?: string } {
  return {
    ...(from === undefined ? {} : { from: calendarDay(from).toISOString() }),
    ...(until === undefined ? {} : { to: dayAfter(calendarDay(until), 1).toISOString() }),
  };
}

/** Why each kind may be brought back; the server has the same lists. */
export interface ReasonOf {
  message: RestoreMessageReason;
  appointment: RestoreAppointmentReason;
  consultation: RestoreConsultationReason;
  account: RestoreAccountReason;
}

export type RestoreReason = ReasonOf[DeletedKind];

export const REASONS: { [K in DeletedKind]: ReasonOf[K][] } = {
  message: ["author_asked", "retracted_by_mistake", "needed_for_care", "legal_duty"],
  appointment: [
    "patient_asked",
    "doctor_asked",
    "deleted_by_mistake",
    "needed_for_care",
    "legal_duty",
  ],
  consultation: ["doctor_asked", "deleted_by_mistake", "needed_for_care", "legal_duty"],
  account: ["returned", "deactivated_by_mistake", "cleared", "legal_duty"],
};

const ID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";

/** The id of a conversation within what somebody pasted; null also where there are several. */
export function roomIdIn(text: string): string | null {
  const found = text.toLowerCase().match(new RegExp(ID, "g")) ?? [];
  return found.length === 1 ? (found[0] ?? null) : null;
}

/** The number of a message in a reference to it: right behind the id of its conversation. */
export function messageNumberIn(text: string): number | null {
  const found = new RegExp(`${ID}#(\\d{1,15})\\s*$`, "i").exec(text);
  return found === null || roomIdIn(text) === null ? null : Number(found[1]);
}
