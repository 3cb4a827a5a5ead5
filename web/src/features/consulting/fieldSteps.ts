/** The history of a field in steps that people can follow. */
import type { ConsultationField, FieldChange, FieldValue } from "~/api/schema";

export interface Step {
  position: number;
  byName: string;
  /** When it was begun and when it was done: a draft is saved with every pause. */
  from: string;
  at: string;
  /** How often it was saved in between. */
  saves: number;
  before: FieldValue;
  after: FieldValue;
  /** Why, of an amendment; null while it was a draft. */
  reason: FieldChange["reason"];
}

/** Pauses that are shorter than this do not make a new step of a draft. */
const ONE_GO_MS = 15 * 60_000;

/** What happened to each field, the last first; one go of writing a draft is one step. */
export function stepsOf(changes: FieldChange[]): Map<ConsultationField, Step[]> {
  const fields = new Map<ConsultationField, Step[]>();
  for (const change of changes) {
    const steps = fields.get(change.field) ?? [];
    fields.set(change.field, steps);
    const last = steps[0];
    if (last !== undefined && isSameGo(last, change)) {
      last.at = change.at;
      last.saves += 1;
      last.after = change.after;
    } else steps.unshift(stepOf(change));
  }
  return fields;
}

function isSameGo(last: Step, change: FieldChange): boolean {
  const draft = last.reason === null && change.reason === null;
  const soon = Date.parse(change.at) - Date.parse(last.at) < ONE_GO_MS;
  return draft && soon && last.byName === change.by_name;
}

function stepOf(change: FieldChange): Step {
  const { position, by_name: byName, at, before, after, reason } = change;
  return { position, byName, from: at, at, saves: 1, before, after, reason };
}
