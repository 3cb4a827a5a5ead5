import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { api, ok, versioned } from "~/api/client";
import { keys } from "~/api/keys";
import type { Appointment, AppointmentChange, DaySpan, NewWorkingHours } from "~/api/schema";
import { ifMatch, useWrite } from "~/api/useWrite";
import { useMe } from "~/session/useSession";
import { addDays, startOf } from "./days";

/** As many as are ever shown at once: more than a week has. */
const PAGES_MAX = 10;

async function appointmentsBetween(from: Date, to: Date): Promise<Appointment[]> {
  const found: Appointment[] = [];
  let after: string | null = null;
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const query: { from: string; to: string; limit: number; after?: string } = {
      from: from.toISOString(),
      to: to.toISOString(),
      limit: 100,
      ...(after !== null && { after }),
    };
    const { appointments, next } = await ok(api.GET("/api/appointments", { params: { query } }));
    found.push(...appointments);
    if (next === null) break;
    after = next;
  }
  return found;
}

/** The own appointments that start on some days in a row, by start, whatever became of them. */
export function useAppointmentsOn(first: string, days: number) {
  return useQuery({
    queryKey: [...keys.appointments, "days", first, days],
    queryFn: () => appointmentsBetween(startOf(first), startOf(addDays(first, days))),
  });
}

/** What is booked and still to come, the first first. */
export function useUpcoming() {
  return useInfiniteQuery({
    queryKey: [...keys.appointments, "upcoming"],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) => {
      const query = {
        status: "scheduled" as const,
        from: new Date().toISOString(),
        limit: 100,
        ...(pageParam !== null && { after: pageParam }),
      };
      return ok(api.GET("/api/appointments", { params: { query } }));
    },
    getNextPageParam: (page) => page.next,
  });
}

/** Changes an appointment, unless somebody else did since it was shown. */
export function useChangeAppointment({ appointment_id, version }: Appointment) {
  return useWrite(
    (change: AppointmentChange, client_id) => {
      const params = { path: { appointment_id }, header: ifMatch(version) };
      const body = { ...change, client_id };
      return ok(api.PATCH("/api/appointments/{appointment_id}", { params, body }));
    },
    [keys.appointments, keys.slots, keys.notices],
  );
}

/** When the doctor is free on a day. */
export function useFreeOn(doctorId: string, day: string | null) {
  return useQuery({
    queryKey: [...keys.slots, doctorId, day],
    queryFn: () => {
      const from = startOf(day ?? "").toISOString();
      const to = startOf(addDays(day ?? "", 1)).toISOString();
      const params = { path: { doctor_id: doctorId }, query: { from, to } };
      return ok(api.GET("/api/doctors/{doctor_id}/slots", { params }));
    },
    enabled: day !== null,
  });
}

/** The own working hours, with the version that they are changed from. */
export function useHours() {
  const { accountId } = useMe();
  return useQuery({
    queryKey: [...keys.hours, accountId],
    queryFn: () => {
      const params = { path: { doctor_id: accountId } };
      return versioned(api.GET("/api/doctors/{doctor_id}/hours", { params }));
    },
  });
}

const HOURS_OUTDATED = [keys.hours, keys.slots];

export function useSetHours() {
  const { accountId: doctor_id } = useMe();
  return useWrite(({ hours, etag }: { hours: NewWorkingHours; etag: string }) => {
    const params = { path: { doctor_id }, header: ifMatch(etag) };
    return ok(api.PUT("/api/doctors/{doctor_id}/hours", { params, body: hours }));
  }, HOURS_OUTDATED);
}

export function useSetException() {
  const { accountId: doctor_id } = useMe();
  return useWrite(({ date, spans }: { date: string; spans: DaySpan[] }) => {
    const params = { path: { doctor_id, date } };
    const route = "/api/doctors/{doctor_id}/exceptions/{date}";
    return ok(api.PUT(route, { params, body: { spans } }));
  }, HOURS_OUTDATED);
}

export function useClearException() {
  const { accountId: doctor_id } = useMe();
  return useWrite((date: string) => {
    const params = { path: { doctor_id, date } };
    return ok(api.DELETE("/api/doctors/{doctor_id}/exceptions/{date}", { params }));
  }, HOURS_OUTDATED);
}
