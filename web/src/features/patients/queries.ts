import { queryOptions, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { api, ok } from "~/api/client";
import { ApiError } from "~/api/errors";
import { keys } from "~/api/keys";
import type { Room } from "~/api/schema";
import { queryClient } from "~/app/queryClient";

/** A doctor's patient: who, and where the two talk. */
export interface Patient {
  accountId: string;
  /** Empty once it was erased. */
  name: string;
  roomId: string;
  lastActivityAt: string;
}

function patientOf(room: Room): Patient {
  return {
    accountId: room.patient_id,
    name: room.other.name,
    roomId: room.room_id,
    lastActivityAt: room.last_activity_at,
  };
}

const PAGE = 30;
const DIRECTORY_MAX = 100;

/** The patients with whom there was something last; most names on a page are among them. */
const directory = queryOptions({
  queryKey: [...keys.patients, "directory"],
  queryFn: async () => {
    const query = { limit: DIRECTORY_MAX };
    const { rooms } = await ok(api.GET("/api/rooms", { params: { query } }));
    return new Map(rooms.map((room) => [room.patient_id, patientOf(room)]));
  },
});

async function findPatient(patientId: string, known: string | undefined): Promise<Patient | null> {
  const near = (await queryClient.ensureQueryData(directory)).get(patientId);
  if (near !== undefined) return near;
  const roomId = known ?? (await roomWith(patientId));
  if (roomId === null) return null;
  const path = { room_id: roomId };
  return patientOf(await ok(api.GET("/api/rooms/{room_id}", { params: { path } })));
}

/** The conversation of an appointment with somebody; an id that is none stands for nobody. */
async function roomWith(patientId: string): Promise<string | null> {
  const query = { with: patientId, limit: 1 };
  try {
    const page = await ok(api.GET("/api/appointments", { params: { query } }));
    return page.appointments[0]?.room_id ?? null;
  } catch (error) {
    if (error instanceof ApiError && error.status === 400) return null;
    throw error;
  }
}

/** One of the own patients; null where there is none such. The room, if known, saves a request. */
export function usePatient(patientId: string, roomId?: string) {
  return useQuery({
    queryKey: [...keys.patients, "one", patientId],
    queryFn: () => findPatient(patientId, roomId),
  });
}

/** The own patients, whom there was something with last first. A name goes in the body only. */
export function usePatients(name: string) {
  return useInfiniteQuery({
    queryKey: [...keys.patients, "list", name],
    initialPageParam: null as number | null,
    queryFn: async ({ pageParam }) => {
      const before = pageParam === null ? {} : { before: pageParam };
      const page = await (name === ""
        ? ok(api.GET("/api/rooms", { params: { query: { limit: PAGE, ...before } } }))
        : ok(api.POST("/api/rooms/search", { body: { name, limit: PAGE, ...before } })));
      return { patients: page.rooms.map(patientOf), next: page.next };
    },
    getNextPageParam: (page) => page.next,
  });
}

/** What a patient takes, whoever prescribed it. */
export function usePatientMedicines(patientId: string, current: boolean) {
  return useInfiniteQuery({
    queryKey: [...keys.medicines, "of", patientId, current],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) => {
      const path = { patient_id: patientId };
      const query = { limit: PAGE, ...(current && { current }), ...after(pageParam) };
      return ok(api.GET("/api/patients/{patient_id}/medicines", { params: { path, query } }));
    },
    getNextPageParam: (page) => page.next,
  });
}

/** The appointments with one patient, the latest first. */
export function useAppointmentsWith(patientId: string) {
  return useInfiniteQuery({
    queryKey: [...keys.appointments, "with", patientId],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) => {
      const query = { with: patientId, order: "latest" as const, limit: 10, ...after(pageParam) };
      return ok(api.GET("/api/appointments", { params: { query } }));
    },
    getNextPageParam: (page) => page.next,
  });
}

/** The consultations with one patient, the newest first, drafts too. */
export function useConsultationsWith(patientId: string) {
  return useInfiniteQuery({
    queryKey: [...keys.consultations, "with", patientId],
    initialPageParam: null as number | null,
    queryFn: ({ pageParam }) => {
      const before = pageParam === null ? {} : { before: pageParam };
      const query = { with: patientId, limit: 10, ...before };
      return ok(api.GET("/api/consultations", { params: { query } }));
    },
    getNextPageParam: (page) => page.next,
  });
}

function after(page: string | null): { after?: string } {
  return page === null ? {} : { after: page };
}
