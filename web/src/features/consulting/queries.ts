import { queryOptions, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { api, ok } from "~/api/client";
import { keys } from "~/api/keys";
import type { Consultation } from "~/api/schema";
import { ifMatch, useWrite } from "~/api/useWrite";
import { appointmentQuery } from "~/features/appointments/queries";
import type { Changes } from "./content";

const ofPath = (consultationId: string) => ({ path: { consultation_id: consultationId } });

export function fetchConsultation(consultationId: string): Promise<Consultation> {
  const params = ofPath(consultationId);
  return ok(api.GET("/api/consultations/{consultation_id}", { params }));
}

export const consultationQuery = (consultationId: string) =>
  queryOptions({
    queryKey: [...keys.consultations, "one", consultationId],
    queryFn: () => fetchConsultation(consultationId),
  });

export function useConsultation(consultationId: string) {
  return useQuery(consultationQuery(consultationId));
}

/** Writes in a draft, or amends what was signed; `reason` is of the latter. */
export function writeConsultation(
  consultationId: string,
  body: Changes & { reason?: string; client_id: string },
  version: number,
): Promise<Consultation> {
  const params = { ...ofPath(consultationId), header: ifMatch(version) };
  const whole = { prescriptions: null, reason: null, ...body };
  return ok(api.PATCH("/api/consultations/{consultation_id}", { params, body: whole }));
}

/** The appointment that a consultation is the record of. */
export function useAppointment(appointmentId: string) {
  return useQuery({ ...appointmentQuery(appointmentId), select: ({ value }) => value });
}

/** What a write in a consultation makes out of date. */
const OUTDATED = [keys.consultations, keys.medicines];

/** The record of an appointment; the one that is there, if there is one. */
export function useOpenConsultation() {
  return useWrite((appointmentId: string, client_id) => {
    const body = { appointment_id: appointmentId, client_id };
    return ok(api.POST("/api/consultations", { body }));
  }, OUTDATED);
}

export function useSign(consultationId: string) {
  return useWrite((version: number) => {
    const params = { ...ofPath(consultationId), header: ifMatch(version) };
    return ok(api.POST("/api/consultations/{consultation_id}/sign", { params }));
  }, OUTDATED);
}

export function useDelete(consultationId: string) {
  return useWrite((version: number) => {
    const params = { ...ofPath(consultationId), header: ifMatch(version) };
    return ok(api.DELETE("/api/consultations/{consultation_id}", { params }));
  }, OUTDATED);
}

export interface Amendment {
  changes: Changes;
  reason: string;
  version: number;
  /** The patient's request that it answers, if it does. */
  correction: number | null;
}

export function useAmend(consultationId: string) {
  return useWrite(async ({ changes, reason, version, correction }: Amendment, client_id) => {
    const body = { ...changes, reason, client_id };
    if (correction === null) return void (await writeConsultation(consultationId, body, version));
    const path = { consultation_id: consultationId, number: correction };
    const params = { path, header: ifMatch(version) };
    const whole = { prescriptions: null, ...body };
    const route = "/api/consultations/{consultation_id}/corrections/{number}/accept";
    await ok(api.POST(route, { params, body: whole }));
  }, OUTDATED);
}

export function useDecline(consultationId: string, number: number) {
  return useWrite((statement: string) => {
    const params = { path: { consultation_id: consultationId, number } };
    const route = "/api/consultations/{consultation_id}/corrections/{number}/decline";
    return ok(api.POST(route, { params, body: { statement } }));
  }, OUTDATED);
}

export function useCorrections(consultationId: string) {
  return useInfiniteQuery({
    queryKey: [...keys.consultations, "corrections", consultationId],
    initialPageParam: null as number | null,
    queryFn: ({ pageParam }) => {
      const params = { ...ofPath(consultationId), query: { limit: 50, ...after(pageParam) } };
      return ok(api.GET("/api/consultations/{consultation_id}/corrections", { params }));
    },
    getNextPageParam: (page) => page.next,
  });
}

/** What was signed, and each amendment, the first first. */
export function useVersions(consultationId: string) {
  return useInfiniteQuery({
    queryKey: [...keys.consultations, "versions", consultationId],
    initialPageParam: null as number | null,
    queryFn: ({ pageParam }) => {
      const params = { ...ofPath(consultationId), query: { limit: 20, ...after(pageParam) } };
      return ok(api.GET("/api/consultations/{consultation_id}/amendments", { params }));
    },
    getNextPageParam: (page) => page.next,
  });
}

/** Who wrote what, field by field, drafts too, the first first. */
export function useFieldChanges(consultationId: string, wanted: boolean) {
  return useInfiniteQuery({
    queryKey: [...keys.consultations, "fields", consultationId],
    initialPageParam: null as number | null,
    queryFn: ({ pageParam }) => {
      const params = { ...ofPath(consultationId), query: after(pageParam) };
      return ok(api.GET("/api/consultations/{consultation_id}/fields", { params }));
    },
    getNextPageParam: (page) => page.next,
    enabled: wanted,
  });
}

function after(page: number | null): { after?: number } {
  return page === null ? {} : { after: page };
}
