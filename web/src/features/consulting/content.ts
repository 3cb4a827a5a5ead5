/** What a doctor writes in a consultation, as the form holds it, and what of it is new. */
import type { Consultation, ConsultationEntry, PrescriptionEntry } from "~/api/schema";

export const SECTIONS = [
  "medical_history",
  "examination_findings",
  "investigations",
  "treatment_plan",
] as const;
type Section = (typeof SECTIONS)[number];
export type Part = Section | "prescriptions" | "review_on";
export const PARTS: readonly Part[] = [...SECTIONS, "prescriptions", "review_on"];

/** One medicine. The id is made here, so that a retry can not prescribe it twice. */
export interface Row {
  id: string;
  drug: string;
  dose: string;
  route: string;
  frequency: string;
  duration_days: number | null;
  instructions: string;
  /** Is not to be taken any more; it stays in sight until the form is left. */
  stopped: boolean;
}

export type Content = Record<Section, string> & {
  prescriptions: Row[];
  /** A day as in 2027-03-01, or empty. */
  review_on: string;
};

type Written = Pick<Consultation, Section | "prescriptions" | "review_on">;

export function contentOf(written: Written): Content {
  return {
    medical_history: written.medical_history ?? "",
    examination_findings: written.examination_findings ?? "",
    investigations: written.investigations ?? "",
    treatment_plan: written.treatment_plan ?? "",
    review_on: written.review_on ?? "",
    prescriptions: written.prescriptions.map((one) => ({
      id: one.id,
      drug: one.drug ?? "",
      dose: one.dose ?? "",
      route: one.route ?? "",
      frequency: one.frequency ?? "",
      duration_days: one.duration_days,
      instructions: one.instructions ?? "",
      stopped: false,
    })),
  };
}

export function newRow(): Row {
  return {
    id: crypto.randomUUID(),
    drug: "",
    dose: "",
    route: "",
    frequency: "",
    duration_days: null,
    instructions: "",
    stopped: false,
  };
}

/** Nothing was written in it yet. */
export function isBlank(row: Row): boolean {
  const texts = [row.drug, row.dose, row.route, row.frequency, row.instructions];
  return row.duration_days === null && texts.every((text) => text.trim() === "");
}

export type RowFault = "drug_missing" | "dose_missing" | "too_long" | "bad_duration";

const TEXT_BYTES_MAX = 500;
const INSTRUCTIONS_BYTES_MAX = 2_048;
const SECTION_BYTES_MAX = 16_384;
export const PRESCRIPTIONS_MAX = 50;
const DAYS_MAX = 3_650;

function bytes(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** Why the server would not take a medicine as it stands. */
export function faultsOf(row: Row): RowFault[] {
  if (row.stopped || isBlank(row)) return [];
  const short = [row.drug, row.dose, row.route, row.frequency];
  const long =
    short.some((text) => bytes(text) > TEXT_BYTES_MAX) ||
    bytes(row.instructions) > INSTRUCTIONS_BYTES_MAX;
  const days = row.duration_days;
  const badDays = days !== null && !(Number.isInteger(days) && days >= 1 && days <= DAYS_MAX);
  return [
    ...(row.drug.trim() === "" ? (["drug_missing"] as const) : []),
    ...(row.dose.trim() === "" ? (["dose_missing"] as const) : []),
    ...(long ? (["too_long"] as const) : []),
    ...(badDays ? (["bad_duration"] as const) : []),
  ];
}

export function isTooLong(words: string): boolean {
  return bytes(words) > SECTION_BYTES_MAX;
}

/** Whether all of it could be sent as it stands. */
export function isWhole(content: Content): boolean {
  const rows = content.prescriptions.every((row) => faultsOf(row).length === 0);
  return rows && SECTIONS.every((section) => !isTooLong(content[section]));
}

/** Whether there is anything in it to sign. */
export function isEmpty(content: Content): boolean {
  const rows = content.prescriptions.filter((row) => !row.stopped && !isBlank(row));
  const words = SECTIONS.some((section) => content[section].trim() !== "");
  return !words && rows.length === 0 && content.review_on === "";
}

/**
 * The medicines to send. One that is half written is sent as it was before, or not at all: the
 * rest need not wait for it, and an old one is not stopped by being rewritten.
 */
function rowsToSend(base: Content, local: Content): Row[] {
  const before = new Map(base.prescriptions.map((row) => [row.id, row]));
  return local.prescriptions.flatMap((row) => {
    if (row.stopped) return [];
    if (isBlank(row) || faultsOf(row).length > 0) return before.get(row.id) ?? [];
    return [row];
  });
}

function entryOf(row: Row): PrescriptionEntry {
  const orNull = (text: string) => (text.trim() === "" ? null : text.trim());
  return {
    id: row.id,
    drug: row.drug.trim(),
    dose: row.dose.trim(),
    route: orNull(row.route),
    frequency: orNull(row.frequency),
    duration_days: row.duration_days,
    instructions: orNull(row.instructions),
  };
}

function sameWords(one: string, other: string): boolean {
  return one === other || (one.trim() === "" && other.trim() === "");
}

function asSent(rows: Row[]): string {
  return JSON.stringify(rows.map(entryOf));
}

/** Whether a part says the same in both, as far as the server could tell. */
export function samePart(part: Part, one: Content, other: Content): boolean {
  if (part !== "prescriptions") return sameWords(one[part], other[part]);
  const rows = (content: Content) =>
    content.prescriptions.filter((row) => !row.stopped && !isBlank(row));
  return asSent(rows(one)) === asSent(rows(other));
}

export function sameContent(one: Content, other: Content): boolean {
  return PARTS.every((part) => samePart(part, one, other));
}

export type Changes = Partial<Omit<ConsultationEntry, "client_id" | "reason">>;

/** What has to be sent so that the server has what the form has; null when it has it all. */
export function changesBetween(base: Content, local: Content): Changes | null {
  const changes: Changes = {};
  for (const section of SECTIONS) {
    const words = local[section];
    if (sameWords(base[section], words) || isTooLong(words)) continue;
    changes[section] = words.trim() === "" ? null : words;
  }
  const rows = rowsToSend(base, local);
  if (asSent(rows) !== asSent(base.prescriptions)) changes.prescriptions = rows.map(entryOf);
  if (base.review_on !== local.review_on) {
    changes.review_on = local.review_on === "" ? null : local.review_on;
  }
  return Object.keys(changes).length === 0 ? null : changes;
}
