/** Grants and what they open. Nothing names the grant: the server knows which one is open. */
import {
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import { api, ok } from "~/api/client";
import type { GrantReview, NewGrant } from "~/api/schema";
import { useWrite } from "~/api/useWrite";
import { auditKeys, forgetContent } from "~/features/audit/queries";

export function grantQuery(grant_id: string) {
  return queryOptions({
    queryKey: [...auditKeys.grants, "one", grant_id],
    queryFn: ({ signal }) => {
      const params = { path: { grant_id } };
      return ok(api.GET("/api/audit/grants/{grant_id}", { params, signal }));
    },
    staleTime: 15_000,
  });
}

/** What there is of a patient: without content, and only while a grant is open. */
export function recordsQuery(grantId: string, patient_id: string) {
  return infiniteQueryOptions({
    queryKey: [...auditKeys.content, grantId, "records"],
    queryFn: ({ pageParam, signal }) => {
      const query = { limit: 100, ...(pageParam === null ? {} : { after: pageParam }) };
      const params = { path: { patient_id }, query };
      return ok(api.GET("/api/audit/patients/{patient_id}/records", { params, signal }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
}

/** A conversation from its end backwards. */
export function messagesQuery(grantId: string, room_id: string) {
  return infiniteQueryOptions({
    queryKey: [...auditKeys.content, grantId, "messages", room_id],
    queryFn: ({ pageParam, signal }) => {
      const query = pageParam === null ? {} : { before: pageParam };
      const params = { path: { room_id }, query };
      return ok(api.GET("/api/rooms/{room_id}/messages", { params, signal }));
    },
    initialPageParam: null as number | null,
    getNextPageParam: (page) => (page.more_before ? page.messages[0]?.number : null),
  });
}

export function appointmentQuery(grantId: string, appointment_id: string) {
  return queryOptions({
    queryKey: [...auditKeys.content, grantId, "appointment", appointment_id],
    queryFn: ({ signal }) => {
      const params = { path: { appointment_id } };
      return ok(api.GET("/api/appointments/{appointment_id}", { params, signal }));
    },
  });
}

/** What was signed of a consultation, and each amendment. */
export function consultationQuery(grantId: string, consultation_id: string) {
  return infiniteQueryOptions({
    queryKey: [...auditKeys.content, grantId, "consultation", consultation_id],
    queryFn: ({ pageParam, signal }) => {
      const query = pageParam === null ? {} : { after: pageParam };
      const params = { path: { consultation_id }, query };
      const path = "/api/consultations/{consultation_id}/amendments";
      return ok(api.GET(path, { params, signal }));
    },
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
  });
}

export function medicinesQuery(grantId: string, patient_id: string) {
  return infiniteQueryOptions({
    queryKey: [...auditKeys.content, grantId, "medicines"],
    queryFn: ({ pageParam, signal }) => {
      const query = pageParam === null ? {} : { after: pageParam };
      const params = { path: { patient_id }, query };
      return ok(api.GET("/api/patients/{patient_id}/medicines", { params, signal }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
}

export function useOpenRecord() {
  const client = useQueryClient();
  return useWrite(
    async (grant: Omit<NewGrant, "client_id">, client_id) => {
      const opened = await ok(api.POST("/api/audit/grants", { body: { ...grant, client_id } }));
      forgetContent(client);
      return opened;
    },
    [auditKeys.grants],
  );
}

/** Whatever the answer is, what was opened is thrown away: to look again is asked for anew. */
export function useEndGrant(grant_id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => {
      const params = { path: { grant_id } };
      return ok(api.POST("/api/audit/grants/{grant_id}/end", { params }));
    },
    onSettled: async () => {
      await client.invalidateQueries({ queryKey: auditKeys.grants });
      forgetContent(client);
    },
  });
}

export function useReviewGrant(grant_id: string) {
  return useWrite(
    (body: GrantReview) => {
      const params = { path: { grant_id } };
      return ok(api.POST("/api/audit/grants/{grant_id}/review", { params, body }));
    },
    [auditKeys.grants],
  );
}
