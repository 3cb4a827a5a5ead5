/** Who people are, as officers are told: found by name, or by the ids that stand on a page. */
import { type QueryClient, queryOptions, skipToken } from "@tanstack/react-query";
import { api, ok } from "~/api/client";
import type { KnownPerson } from "~/api/schema";
import { auditKeys } from "./queries";

/** So many ids are asked for at a time. */
const IDS_MAX = 100;
const NAMED_STALE_MS = 60_000;

/** By their ids; null: nobody. Who is not in it was not asked for yet. */
export type Known = Readonly<Record<string, KnownPerson | null>>;
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

function remember(client: QueryClient, people: readonly KnownPerson[], asked: string[] = []): void {
  const entries = people.map((person) => [person.account_id, person] as const);
  const nobody = asked.map((id) => [id, null] as const);
  client.setQueryData(knownQuery.queryKey, (had: Known = NOBODY) => ({
    ...had,
    ...Object.fromEntries([...nobody, ...entries]),
  }));
}

const waiting = new Set<string>();
let asking: Promise<void> | null = null;

/**
 * Asks who this is, together with all that are asked for in the same moment: a page names many
 * people at once. The answer is in {@link knownQuery}; without one, whoever asks next asks again.
 */
export function askWho(client: QueryClient, id: string): Promise<void> {
  waiting.add(id);
  asking ??= new Promise((resolve) => setTimeout(resolve, 0)).then(() => {
    asking = null;
    const ids = [...waiting];
    waiting.clear();
    return askAll(client, ids);
  });
  return asking;
}

async function askAll(client: QueryClient, ids: string[]): Promise<void> {
  const known = client.getQueryData(knownQuery.queryKey) ?? NOBODY;
  const unknown = ids.filter((id) => !(id in known));
  for (let from = 0; from < unknown.length; from += IDS_MAX) {
    const some = unknown.slice(from, from + IDS_MAX);
    const found = await ok(api.POST("/api/audit/people", { body: { ids: some } }));
    remember(client, found.people, some);
  }
}
