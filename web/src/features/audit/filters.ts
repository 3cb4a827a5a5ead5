/** What the trail is searched by, as it stands in the page's address. */
import type { Outcome } from "~/api/schema";

/** Ids, codes and instants: nothing that names anybody. */
export interface Filters {
  person?: string;
  patient?: string;
  record?: string;
  action?: string;
  outcome?: Outcome;
  from?: string;
  to?: string;
  request_id?: string;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const OUTCOMES: readonly string[] = ["success", "denied", "failed"] satisfies Outcome[];
export const FILTER_NAMES = [
  "person",
  "patient",
  "record",
  "action",
  "outcome",
  "from",
  "to",
  "request_id",
] as const satisfies (keyof Filters)[];

export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/** Takes what can be searched by out of anything, an address or a search that was kept. */
export function filtersOf(raw: Record<string, unknown>): Filters {
  const { action, outcome } = raw;
  return {
    ...uuidOf("person", raw.person),
    ...uuidOf("patient", raw.patient),
    ...uuidOf("record", raw.record),
    ...(typeof action === "string" && /^[a-z_]{1,60}$/.test(action) ? { action } : {}),
    ...(typeof outcome === "string" && OUTCOMES.includes(outcome)
      ? { outcome: outcome as Outcome }
      : {}),
    ...instantOf("from", raw.from),
    ...instantOf("to", raw.to),
    ...uuidOf("request_id", raw.request_id),
  };
}

type Named<Name extends string, Value> = { [key in Name]?: Value };

export function uuidOf<Name extends string>(name: Name, value: unknown): Named<Name, string> {
  const good = typeof value === "string" && isUuid(value);
  return (good ? { [name]: value } : {}) as Named<Name, string>;
}

export function instantOf<Name extends string>(name: Name, value: unknown): Named<Name, string> {
  const good = typeof value === "string" && !Number.isNaN(Date.parse(value));
  return (good ? { [name]: value } : {}) as Named<Name, string>;
}

export function numberOf<Name extends string>(name: Name, value: unknown): Named<Name, number> {
  const good = typeof value === "number" && Number.isInteger(value) && value > 0;
  return (good ? { [name]: value } : {}) as Named<Name, number>;
}

/** How many things are asked for. */
export function countOf(filters: Filters): number {
  return FILTER_NAMES.filter((name) => filters[name] !== undefined).length;
}
