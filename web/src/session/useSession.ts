import { useRef, useSyncExternalStore } from "react";
import type { Role } from "~/api/schema";
import { type SessionState, session } from "~/session/session";

export function useSession(): SessionState {
  return useSyncExternalStore(session.subscribe, session.state);
}

interface Me {
  accountId: string;
  role: Role;
}

/**
 * Who is signed in. Only for what is shown to people who are. In the moment between the end of
 * the session and the end of the page it is who was: what is on its way out must not break.
 */
export function useMe(): Me {
  const state = useSession();
  const me = useRef<Me | null>(null);
  if (state.status === "signed_in") me.current = state;
  if (me.current === null) throw new Error("nobody is signed in");
  return me.current;
}
