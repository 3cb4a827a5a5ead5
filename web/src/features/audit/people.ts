/** Who people are, as officers are told: found by name, or by the ids that stand on a page. */
import { type QueryClient, queryOptions, skipToken } from "@tanstack/react-query";
import { api, ok } from "~/api/client";
import type { KnownPerson } from "~/api/schema";
import { session } from "~/session/session";
import { auditKeys } from "./queries";

/** So many ids are asked for at a time. */
const IDS_MAX = 100;
const NAMED_STALE_MS = 60_000;

/** By their ids. Who is not in it was not asked for yet, or is nobody. */
export type Known = Readonly<Record<string, KnownPerson>>;
export const NOBODY: Known = {};

export const knownQuery = queryOptions<Known>({
  queryKey: auditKeys.known,
  queryFn: skipToken,
  initialData: NOBODY,
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: Number.POSITIVE_INFINITY,
});

/** Those whose names have words that begin so. */
export function peopleNamed(client: QueryClient, name: string, patientsOnly: boolean) {
  return queryOptions({
    queryKey: [...auditKeys.people, name, patientsOnly],
    queryFn: async ({ signal }) => {
      const body = { name, role: patientsOnly ? ("patient" as const) : null };
      const found = await ok(api.POST("/api/audit/people", { body, signal }));
      remember(client, found.people);
      return found;
    },
    staleTime: NAMED_STALE_MS,
  });
}

function remember(client: QueryClient, people: readonly KnownPerson[]): void {
  const found = people.map((person) => [person.account_id, person] as const);
  client.setQueryData(knownQuery.queryKey, (had: Known = NOBODY) => ({
    ...had,
    ...Object.fromEntries(found),
  }));
}

/** Throws what asking throws; ids of nobody are left out. */
export async function findByIds(client: QueryClient, ids: string[]): Promise<KnownPerson[]> {
  const { people } = await ok(api.POST("/api/audit/people", { body: { ids } }));
  remember(client, people);
  return people;
}

/** Asked for, and not again before then: each time is a line of the trail. */
const askedUntil = new Map<string, number>();
const AGAIN_MS = 60_000;
const waiting = new Set<string>();
// Whoever logs in next asks for themselves.
session.subscribe(() => askedUntil.clear());

/**
 * Asks who this is, together with all that are asked for in the same moment: a page names many
 * people at once. The answer is in {@link knownQuery}; without one, whoever asks a minute later
 * asks again.
 */
export function askWho(client: QueryClient, id: string): void {
  if ((askedUntil.get(id) ?? 0) > Date.now()) return;
  askedUntil.set(id, Date.now() + AGAIN_MS);
  waiting.add(id);
  if (waiting.size === 1) setTimeout(() => void askAll(client), 0);
}

async function askAll(client: QueryClient): Promise<void> {
  const ids = [...waiting];
  waiting.clear();
  for (let from = 0; from < ids.length; from += IDS_MAX) {
    // Without names there are ids, and the page says what it came to say.
    await findByIds(client, ids.slice(from, from + IDS_MAX)).catch(() => undefined);
  }
}
