import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api, ok } from "~/api/client";
import { keys } from "~/api/keys";

const PAGE = 30;

/** Who looked at the patient's record, the latest first; their own looks only if asked for. */
export function looksQuery(ownToo: boolean) {
  return infiniteQueryOptions({
    queryKey: [...keys.accessReport, "looks", ownToo],
    queryFn: ({ pageParam }) => {
      const before = pageParam === null ? {} : { before: pageParam };
      const query = { others: !ownToo, limit: PAGE, ...before };
      return ok(api.GET("/api/access-report", { params: { query } }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });
}

/** What the patient was told last, and which conversations have messages to read. */
export const noticesQuery = queryOptions({
  queryKey: [...keys.notices, "patient"],
  queryFn: () => ok(api.GET("/api/notifications")),
});
