import { useSyncExternalStore } from "react";
import type { Role } from "~/api/schema";
import { type SessionState, session } from "~/session/session";

export function useSession(): SessionState {
  return useSyncExternalStore(session.subscribe, session.state);
}

/** Who is signed in. Only for what is shown to people who are. */
export function useMe(): { accountId: string; role: Role } {
  const state = useSession();
  if (state.status !== "signed_in") throw new Error("nobody is signed in");
  return state;
}
