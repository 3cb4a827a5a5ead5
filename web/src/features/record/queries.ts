import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api, ok } from "~/api/client";
import { keys } from "~/api/keys";
import type { ConsultationVersion, Correction } from "~/api/schema";
import { useWrite } from "~/api/useWrite";

const PAGE = 20;
/** Nobody amends as often; it keeps a broken answer from being asked for without end. */
const PAGES_MAX = 50;

/** What was written about the patient, the newest first. */
export const consultationsQuery = infiniteQueryOptions({
  queryKey: [...keys.consultations, "mine"],
  queryFn: ({ pageParam }) => {
    const before = pageParam === null ? {} : { before: pageParam };
    const query = { limit: PAGE, ...before };
    return ok(api.GET("/api/consultations", { params: { query } }));
  },
  initialPageParam: null as number | null,
  getNextPageParam: ({ next }) => next,
});

/** One consultation, as it stands. */
export function consultationQuery(consultationId: string) {
  return queryOptions({
    queryKey: [...keys.consultations, "one", consultationId],
    queryFn: () =>
      ok(
        api.GET("/api/consultations/{consultation_id}", {
          params: { path: { consultation_id: consultationId } },
        }),
      ),
  });
}

/** What was signed, and what each amendment made of it. */
export function versionsQuery(consultationId: string) {
  return queryOptions({
    queryKey: [...keys.consultations, "versions", consultationId],
    queryFn: async () => {
      const versions: ConsultationVersion[] = [];
      let after: number | null = null;
      for (let page = 0; page < PAGES_MAX; page += 1) {
        const answer: { versions: ConsultationVersion[]; next: number | null } = await ok(
          api.GET("/api/consultations/{consultation_id}/amendments", {
            params: {
              path: { consultation_id: consultationId },
              query: after === null ? {} : { after },
            },
          }),
        );
        versions.push(...answer.versions);
        after = answer.next;
        if (after === null) break;
      }
      return versions;
    },
  });
}

/** What the patient asked to have corrected, with the answers, the first first. */
export function correctionsQuery(consultationId: string) {
  return queryOptions({
    queryKey: [...keys.consultations, "corrections", consultationId],
    queryFn: async () => {
      const corrections: Correction[] = [];
      let after: number | null = null;
      for (let page = 0; page < PAGES_MAX; page += 1) {
        const answer: { corrections: Correction[]; next: number | null } = await ok(
          api.GET("/api/consultations/{consultation_id}/corrections", {
            params: {
              path: { consultation_id: consultationId },
              query: after === null ? {} : { after },
            },
          }),
        );
        corrections.push(...answer.corrections);
        after = answer.next;
        if (after === null) break;
      }
      return corrections;
    },
  });
}

/** Asks for a correction. The same words sent again, because the answer got lost, are one request. */
export function useAskForCorrection(consultationId: string) {
  return useWrite(
    (text: string, client_id) =>
      ok(
        api.POST("/api/consultations/{consultation_id}/corrections", {
          params: { path: { consultation_id: consultationId } },
          body: { text, client_id },
        }),
      ),
    [keys.consultations],
    "first",
  );
}
