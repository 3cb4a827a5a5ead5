import { infiniteQueryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, ok } from "~/api/client";
import type { Report, ReportDecision, ReportState } from "~/api/schema";
import { auditKeys } from "~/features/audit/queries";

/** Messages that were reported, the last first: which, and nothing of what they say. */
export function reportsQuery(state: ReportState) {
  return infiniteQueryOptions({
    queryKey: [...auditKeys.reports, state],
    queryFn: ({ pageParam, signal }) => {
      const query = { state, ...(pageParam === null ? {} : { after: pageParam }) };
      return ok(api.GET("/api/audit/reports", { params: { query }, signal }));
    },
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
    staleTime: 15_000,
  });
}

/** The same decision once more changes nothing, so it may be sent again. */
export function useDecide({ room_id, number }: Report) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: ReportDecision) => {
      const params = { path: { room_id, number } };
      return ok(api.POST("/api/audit/reports/{room_id}/{number}/decide", { params, body }));
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: auditKeys.reports });
      await client.invalidateQueries({ queryKey: auditKeys.timeline });
    },
  });
}
