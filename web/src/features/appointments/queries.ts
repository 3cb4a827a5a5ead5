import {
  infiniteQueryOptions,
  queryOptions,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { api, ok, versioned } from "~/api/client";
import { keys } from "~/api/keys";
import type { AppointmentChange, AppointmentWithHistory, Consultations } from "~/api/schema";
import { ifMatch, useWrite } from "~/api/useWrite";
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

/** As many as the server gives at once; and so often at most, for one patient with one doctor. */
const CONSULTATIONS_PAGE = 100;
const CONSULTATIONS_PAGES_MAX = 10;

/** The newest first, so that what is looked for most is on the first page. */
async function findConsultation(appointmentId: string, otherId: string) {
  let from: { before?: number } = {};
  for (let page = 0; page < CONSULTATIONS_PAGES_MAX; page += 1) {
    const query = { with: otherId, limit: CONSULTATIONS_PAGE, ...from };
    const found: Consultations = await ok(api.GET("/api/consultations", { params: { query } }));
    const one = found.consultations.find(({ appointment_id }) => appointment_id === appointmentId);
    if (one !== undefined) return one;
    if (found.next === null) return null;
    from = { before: found.next };
  }
  return null;
}

/** What was written about an appointment, if the reader may see it yet. */
export function useConsultationOf(appointment: AppointmentWithHistory, otherId: string) {
  return useQuery({
    queryKey: [...keys.consultations, "of_appointment", appointment.appointment_id],
    queryFn: () => findConsultation(appointment.appointment_id, otherId),
  });
}

/** What shows something of an appointment, and so is out of date once one was written. */
export const APPOINTMENT_OUTDATED = [
  keys.appointments,
  keys.slots,
  keys.contacts,
  keys.notices,
  keys.rooms,
];

interface Change {
  change: Omit<AppointmentChange, "client_id">;
  /** What was seen of it; if it was changed since, it is not changed. */
  etag: string | null;
}

/** Moves an appointment or calls it off. */
export function useChangeAppointment(appointmentId: string) {
  return useWrite(
    ({ change, etag }: Change, client_id) => {
      const body = { ...change, client_id };
      const params = seenAs(appointmentId, etag);
      return ok(api.PATCH("/api/appointments/{appointment_id}", { params, body }));
    },
    APPOINTMENT_OUTDATED,
    "first",
  );
}

/** Puts an appointment out of everybody's sight. */
export function useDeleteAppointment(appointmentId: string, etag: string | null) {
  const client = useQueryClient();
  return useWrite(async () => {
    const params = seenAs(appointmentId, etag);
    await ok(api.DELETE("/api/appointments/{appointment_id}", { params }));
    client.removeQueries({ queryKey: appointmentQuery(appointmentId).queryKey });
  }, APPOINTMENT_OUTDATED);
}

function seenAs(appointment_id: string, etag: string | null) {
  return { path: { appointment_id }, header: etag === null ? {} : ifMatch(etag) };
}
