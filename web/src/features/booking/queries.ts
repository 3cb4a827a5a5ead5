import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, ok } from "~/api/client";
import { keys } from "~/api/keys";
import type { Availability, Booking, Specialty } from "~/api/schema";
import { useWrite } from "~/api/useWrite";
import { APPOINTMENT_OUTDATED } from "~/features/appointments/queries";
import { dayAfter } from "~/i18n/calendarDay";

const PAGE = 24;
/** As far ahead as the server looks in one answer. */
const AHEAD_DAYS = 62;

export interface DoctorSearch {
  name: string;
  specialty: Specialty | null;
  availability: Availability | null;
}

/** Doctors who can be booked, by name. */
export function doctorsQuery({ name, specialty, availability }: DoctorSearch) {
  return infiniteQueryOptions({
    queryKey: [...keys.doctors, "found", name, specialty, availability],
    queryFn: ({ pageParam }) => {
      const query = {
        limit: PAGE,
        ...(name === "" ? {} : { name }),
        ...(specialty === null ? {} : { specialty }),
        ...(availability === null ? {} : { availability }),
        ...(pageParam === null ? {} : { after: pageParam }),
      };
      return ok(api.GET("/api/doctors", { params: { query } }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    // The list stays in its place while the next letter is being looked for.
    placeholderData: keepPreviousData,
  });
}

/** One doctor, with what they say of themselves. */
export function doctorQuery(doctorId: string) {
  return queryOptions({
    queryKey: [...keys.doctors, "one", doctorId],
    queryFn: () =>
      ok(api.GET("/api/doctors/{doctor_id}", { params: { path: { doctor_id: doctorId } } })),
  });
}

/** A doctor's picture. It needs the token, so it can not simply be an image's address. */
export function pictureQuery(accountId: string, picture: string | null) {
  return queryOptions({
    queryKey: [...keys.doctors, "picture", accountId, picture],
    queryFn: () =>
      ok(
        api.GET("/api/users/{account_id}/picture", {
          params: { path: { account_id: accountId } },
          parseAs: "blob",
        }),
      ) as Promise<unknown> as Promise<Blob>,
    enabled: picture !== null,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** The free times of a number of days, from the beginning of one in the browser's zone. */
export function slotsQuery(doctorId: string, first: Date, days: number) {
  const query = { from: first.toISOString(), to: dayAfter(first, days).toISOString() };
  return queryOptions({
    queryKey: [...keys.slots, doctorId, query.from, query.to],
    queryFn: () =>
      ok(
        api.GET("/api/doctors/{doctor_id}/slots", {
          params: { path: { doctor_id: doctorId }, query },
        }),
      ),
    // Others book as well: what is shown again is asked for again.
    staleTime: 15_000,
  });
}

/** The first free time after a day on which there is none, or null if there is none for long. */
export function nextFreeQuery(doctorId: string, after: Date) {
  return queryOptions({
    ...slotsQuery(doctorId, after, AHEAD_DAYS),
    select: ({ slots }: { slots: { starts_at: string }[] }) => slots[0]?.starts_at ?? null,
  });
}

/** Books. The same booking sent again, because its answer got lost, is one booking. */
export function useBook() {
  return useWrite(
    (booking: Omit<Booking, "client_id">, client_id) =>
      ok(api.POST("/api/appointments", { body: { ...booking, client_id } })),
    APPOINTMENT_OUTDATED,
    "first",
  );
}
