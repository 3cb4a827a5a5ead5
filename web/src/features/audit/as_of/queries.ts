import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api, ok } from "~/api/client";
import type { AsOf } from "~/api/schema";
import { auditKeys } from "../queries";

/**
 * A record after the event at a position. What was is not going to change, so it is asked for
 * once; the answer to a position that was left meanwhile is thrown away.
 */
export function asOfQuery(kind: string, id: string, position: number | undefined) {
  return queryOptions({
    queryKey: [...auditKeys.asOf, kind, id, position],
    queryFn: ({ signal }): Promise<AsOf> => {
      const params = { path: { kind, id }, query: position === undefined ? {} : { position } };
      return ok(api.GET("/api/audit/as-of/{kind}/{id}", { params, signal }));
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Messages of a room at the same position, from before a number on. */
export function earlierMessagesQuery(id: string, position: number, before: number) {
  return infiniteQueryOptions({
    queryKey: [...auditKeys.asOf, "room", id, position, "before", before],
    queryFn: ({ pageParam, signal }) => {
      const params = { path: { kind: "room", id }, query: { position, before: pageParam } };
      return ok(api.GET("/api/audit/as-of/{kind}/{id}", { params, signal }));
    },
    initialPageParam: before,
    getNextPageParam: ({ record }) =>
      "messages" in record && record.more_before ? record.messages[0]?.number : undefined,
    staleTime: Number.POSITIVE_INFINITY,
    enabled: false,
  });
}

const FIELD_PAGES_MAX = 20;

/** Who set each field of a consultation, and when: all of it, asked for once. */
export function fieldChangesQuery(consultation_id: string) {
  return queryOptions({
    queryKey: [...auditKeys.fields, consultation_id],
    queryFn: async ({ signal }) => {
      const changes = [];
      let after: number | null = null;
      for (let pages = 0; pages < FIELD_PAGES_MAX; pages += 1) {
        const query: { after?: number } = after === null ? {} : { after };
        const params = { path: { consultation_id }, query };
        const path = "/api/audit/consultations/{consultation_id}/fields";
        const page = await ok(api.GET(path, { params, signal }));
        changes.push(...page.changes);
        after = page.next;
        if (after === null) break;
      }
      return changes;
    },
  });
}
