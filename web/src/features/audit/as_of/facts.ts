/**
 * What a view of the past says, fact by fact. Facts of two moments are held against each other,
 * so whatever is shown can also be said to have changed.
 */
import type { TFunction } from "i18next";
import type {
  AccountThen,
  AppointmentThen,
  AsOf,
  ConsultationThen,
  PrescriptionThen,
  RoomThen,
} from "~/api/schema";
import type { Format } from "~/i18n/useFormat";

export interface Fact {
  /** The same for the same thing at every moment. */
  key: string;
  label: string;
  value: string;
}

export interface Facts {
  record: Fact[];
  people: Fact[];
  readers: Fact[];
  grants: Fact[];
}

/** How things are said. */
export interface Teller {
  t: TFunction<"audit">;
  code: (family: "role" | "status" | "may", code: string) => string;
  name: (accountId: string) => string;
  format: Pick<Format, "exact" | "date" | "number">;
}

/** Something that somebody wrote: its words, or why there are none. */
export type Written = "sealed" | "erased" | { open: string } | null;

export function factsOf(asOf: AsOf, teller: Teller): Facts {
  return {
    record: [...recordFacts(asOf.record, teller), ...deletion(asOf, teller)],
    people: asOf.people.map((person) => ({
      key: `person ${person.account_id}`,
      label: person.name || teller.t("erased_name"),
      value: personWords(person, teller),
    })),
    readers: asOf.readers.map((reader) => ({
      key: `reader ${reader.account_id} ${reader.role}`,
      label: reader.name || teller.t("erased_name"),
      value: teller.t("looked", {
        role: reader.role === null ? "" : teller.code("role", reader.role),
        count: reader.looks,
        first: teller.format.exact(reader.first_at),
        last: teller.format.exact(reader.last_at),
      }),
    })),
    grants: asOf.grants.map((grant) => ({
      key: `grant ${grant.grant_id}`,
      label: grant.officer_name || teller.t("erased_name"),
      value: teller.t("grant_until", { at: teller.format.exact(grant.expires_at) }),
    })),
  };
}

function recordFacts(record: AsOf["record"], teller: Teller): Fact[] {
  if ("messages" in record) return roomFacts(record, teller);
  if ("booked_at" in record) return appointmentFacts(record, teller);
  if ("signed_at" in record) return consultationFacts(record, teller);
  return accountFacts(record, teller);
}

/** What was written, in words. */
export function written(what: Written, t: Teller["t"]): string {
  if (what === null) return t("nothing");
  if (what === "sealed" || what === "erased") return t(what);
  return what.open;
}

function roomFacts(room: RoomThen, { t, name, format }: Teller): Fact[] {
  const progress = (key: "patient" | "doctor", id: string): Fact[] => {
    const { delivered, read } = room.receipts[key];
    const who = { name: name(id) };
    return [
      { key: `unread ${key}`, label: t("fact_unread", who), value: waiting(room.unread[key]) },
      { key: `read ${key}`, label: t("fact_read", who), value: upTo(read) },
      { key: `delivered ${key}`, label: t("fact_delivered", who), value: upTo(delivered) },
    ];
  };
  const upTo = (number: number) => (number === 0 ? t("nothing") : t("up_to", { number }));
  // A hundred stands for a hundred or more.
  const waiting = (unread: number) => `${format.number(unread)}${unread >= 100 ? "+" : ""}`;
  return [
    { key: "state", label: t("fact_state"), value: room.closed ? t("closed") : t("open") },
    { key: "opened", label: t("fact_opened"), value: format.exact(room.opened_at) },
    { key: "activity", label: t("fact_activity"), value: format.exact(room.last_activity_at) },
    ...progress("patient", room.patient_id),
    ...progress("doctor", room.doctor_id),
  ];
}

function appointmentFacts(record: AppointmentThen, { t, code, format }: Teller): Fact[] {
  const time = `${format.exact(record.starts_at)} – ${format.exact(record.ends_at)}`;
  return [
    { key: "status", label: t("fact_state"), value: code("status", record.status) },
    { key: "time", label: t("fact_time"), value: time },
    { key: "zone", label: t("fact_zone"), value: record.zone },
    { key: "reason", label: t("fact_reason"), value: written(record.reason, t) },
    { key: "cancelled", label: t("fact_cancel_reason"), value: written(record.cancel_reason, t) },
    { key: "booked", label: t("fact_booked"), value: format.exact(record.booked_at) },
    { key: "version", label: t("fact_version"), value: format.number(record.version) },
  ];
}

/** The parts of a consultation, in the order in which they are read. */
const PARTS = [
  "medical_history",
  "examination_findings",
  "investigations",
  "treatment_plan",
] as const;

function consultationFacts(record: ConsultationThen, { t, format, name }: Teller): Fact[] {
  const { signed_at } = record;
  return [
    {
      key: "state",
      label: t("fact_state"),
      value: signed_at === null ? t("draft") : t("signed", { at: format.exact(signed_at) }),
    },
    ...PARTS.map((part) => ({
      key: part,
      label: t(`field_${part}`),
      value: written(record[part], t),
    })),
    {
      key: "prescriptions",
      label: t("field_prescriptions"),
      value:
        record.prescriptions.map((one) => prescription(one, { t, format })).join("\n") ||
        t("nothing"),
    },
    {
      key: "review_on",
      label: t("field_review_on"),
      value: record.review_on === null ? t("nothing") : format.date(record.review_on),
    },
    {
      key: "versions",
      label: t("fact_versions"),
      value:
        record.versions
          .map(({ version, written_by, written_at, reason }) =>
            [
              t("version_by", { version, name: name(written_by), at: format.exact(written_at) }),
              ...(reason === null ? [] : [`${t("fact_reason")}: ${written(reason, t)}`]),
            ].join(" · "),
          )
          .join("\n") || t("nothing"),
    },
    { key: "version", label: t("fact_version"), value: format.number(record.version) },
  ];
}

/** A prescription in one line. */
export function prescription(
  { content, ends_on }: PrescriptionThen,
  { t, format }: Pick<Teller, "t" | "format">,
): string {
  const words =
    typeof content === "string"
      ? t(content)
      : [content.open.drug, content.open.dose, content.open.route, content.open.frequency]
          .filter((part) => part !== null && part !== "")
          .join(", ");
  return ends_on === null ? words : t("prescription_until", { words, on: format.date(ends_on) });
}

function accountFacts(account: AccountThen, { t, code, format }: Teller): Fact[] {
  return [
    { key: "name", label: t("fact_name"), value: account.name || t("erased_name") },
    { key: "role", label: t("fact_role"), value: code("role", account.role) },
    { key: "status", label: t("fact_state"), value: code("status", account.status) },
    {
      key: "availability",
      label: t("fact_availability"),
      value: account.role === "doctor" ? code("status", account.availability) : t("nothing"),
    },
    {
      key: "specialty",
      label: t("fact_specialty"),
      value: account.specialty?.replaceAll("_", " ") ?? t("nothing"),
    },
    { key: "bio", label: t("fact_bio"), value: written(account.bio, t) },
    { key: "phone", label: t("fact_phone"), value: written(account.phone, t) },
    { key: "picture", label: t("fact_picture"), value: account.has_picture ? t("yes") : t("no") },
    { key: "registered", label: t("fact_registered"), value: format.exact(account.registered_at) },
  ];
}

function deletion({ deleted }: AsOf, { t, name, format }: Teller): Fact[] {
  if (deleted === null) return [];
  const value = t("deleted_by", { name: name(deleted.by), at: format.exact(deleted.at) });
  return [{ key: "deleted", label: t("fact_deleted"), value }];
}

function personWords(person: AsOf["people"][number], { t, code }: Teller): string {
  const may = person.may.map((action) => code("may", action)).join(", ");
  const who = `${code("role", person.role)} · ${code("status", person.status)}`;
  return `${who}\n${may === "" ? t("could_do_nothing") : t("could", { may })}`;
}
