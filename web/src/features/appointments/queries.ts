import {
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { useCallback } from "react";
import { api, ok, versioned } from "~/api/client";
import { keys } from "~/api/keys";
import type { AppointmentChange, AppointmentWithHistory } from "~/api/schema";
import { useClientId } from "~/api/useClientId";
import { asked, type ListName } from "~/features/appointments/lists";

const PAGE = 25;

/** One of the patient's lists, page by page. */
export function appointmentsQuery(list: ListName) {
  return infiniteQueryOptions({
    queryKey: [...keys.appointments, "mine", list],
    queryFn: ({ pageParam }) => {
      const after = pageParam === null ? {} : { after: pageParam };
      const query = { ...asked(list, new Date()), ...after, limit: PAGE };
      return ok(api.GET("/api/appointments", { params: { query } }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });
}

/** One appointment with its history, and the version that a change has to name. */
export function appointmentQuery(appointmentId: string) {
  return queryOptions({
    queryKey: [...keys.appointments, "one", appointmentId],
    queryFn: () =>
      versioned(
        api.GET("/api/appointments/{appointment_id}", {
          params: { path: { appointment_id: appointmentId } },
        }),
      ),
  });
}

/** What was written about an appointment, if the reader may see it yet. */
export function useConsultationOf(appointment: AppointmentWithHistory, otherId: string) {
  return useQuery({
    queryKey: [...keys.consultations, "of_appointment", appointment.appointment_id],
    queryFn: async () => {
      const query = { with: otherId, limit: 100 };
      const { consultations } = await ok(api.GET("/api/consultations", { params: { query } }));
      const of = appointment.appointment_id;
      return consultations.find(({ appointment_id }) => appointment_id === of) ?? null;
    },
  });
}

/** To be called once an appointment was written: everything that shows it is out of date. */
export function useAppointmentWritten(): () => Promise<unknown> {
  const client = useQueryClient();
  return useCallback(() => {
    const stale = [keys.appointments, keys.slots, keys.contacts, keys.notices, keys.rooms];
    return Promise.all(stale.map((queryKey) => client.invalidateQueries({ queryKey })));
  }, [client]);
}

type Change = Omit<AppointmentChange, "client_id">;

/** Moves an appointment or calls it off, unless it was changed since `etag`. */
export function useChangeAppointment(appointmentId: string, etag: string | null) {
  const written = useAppointmentWritten();
  const idOf = useClientId();
  return useMutation({
    mutationFn: (change: Change) =>
      ok(
        api.PATCH("/api/appointments/{appointment_id}", {
          params: { path: { appointment_id: appointmentId }, header: ifMatch(etag) },
          body: { ...change, client_id: idOf({ change, etag }) },
        }),
      ),
    onSettled: written,
  });
}

/** Puts an appointment out of everybody's sight. */
export function useDeleteAppointment(appointmentId: string, etag: string | null) {
  const written = useAppointmentWritten();
  const client = useQueryClient();
  return useMutation({
    mutationFn: () =>
      ok(
        api.DELETE("/api/appointments/{appointment_id}", {
          params: { path: { appointment_id: appointmentId }, header: ifMatch(etag) },
        }),
      ),
    onSuccess: () => {
      client.removeQueries({ queryKey: appointmentQuery(appointmentId).queryKey });
      return written();
    },
  });
}

function ifMatch(etag: string | null) {
  return etag === null ? {} : { "If-Match": etag };
}
