import type {
  DeletedKind,
  RestoreAccountReason,
  RestoreAppointmentReason,
  RestoreConsultationReason,
  RestoreMessageReason,
} from "~/api/schema";

export const KINDS: DeletedKind[] = ["appointment", "consultation", "message", "account"];

export interface DeletedFilter {
  kind?: DeletedKind;
  /** An account's id. */
  person?: string;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function asKind(value: unknown): { kind?: DeletedKind } {
  const kind = KINDS.find((one) => one === value);
  return kind === undefined ? {} : { kind };
}

export function asPerson(value: unknown): { person?: string } {
  return typeof value === "string" && UUID.test(value) ? { person: value } : {};
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

/** The id of a conversation within what somebody pasted, such as the address of its page. */
export function roomIdIn(text: string): string | null {
  const found = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/i.exec(text);
  return found?.[0].toLowerCase() ?? null;
}

/** The number of a message at the end of a reference to it. */
export function messageNumberIn(text: string): number | null {
  const found = /#(\d{1,15})\s*$/.exec(text);
  return found === null ? null : Number(found[1]);
}
