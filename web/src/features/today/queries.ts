import { useQuery } from "@tanstack/react-query";
import { api, ok } from "~/api/client";
import { keys } from "~/api/keys";
import type { Availability } from "~/api/schema";
import { useWrite } from "~/api/useWrite";

/** Says whether one can be reached; the profile is what it is shown from. */
export function useSetAvailability() {
  return useWrite(
    (availability: Availability) =>
      ok(api.PUT("/api/users/me/availability", { body: { availability } })),
    [keys.me, keys.doctors],
  );
}

/** Conversations with words that were not read, whoever has waited longest first. */
export function useWaiting() {
  return useQuery({
    queryKey: [...keys.notices, "waiting"],
    queryFn: () => ok(api.GET("/api/notifications", { params: { query: { limit: 1 } } })),
    select: ({ messages }) =>
      [...messages].sort((one, other) => Date.parse(one.last_at) - Date.parse(other.last_at)),
    // Messages have no notices, so no frame of one makes this out of date.
    refetchInterval: 30_000,
  });
}

const NEWEST = 100;

/** The newest consultations, drafts or signed ones. */
export function useOwnConsultations(state: "draft" | "signed") {
  return useQuery({
    queryKey: [...keys.consultations, "own", state],
    queryFn: () =>
      ok(api.GET("/api/consultations", { params: { query: { state, limit: NEWEST } } })),
  });
}
