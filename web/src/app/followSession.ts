import type { SessionState } from "~/session/session";

interface Followed {
  state: () => SessionState;
  subscribe: (listener: () => void) => () => void;
}

/**
 * Whoever signs in next sees nothing of who was here before, not even for a moment. `forget` is
 * called when somebody who was here is not any more: they have left, or another page of this
 * browser has signed in somebody else, whose session this page takes up without a goodbye.
 * `turn` is called with every change.
 */
export function followSession(session: Followed, forget: () => void, turn: () => void): () => void {
  let last = accountOf(session.state());
  return session.subscribe(() => {
    const now = accountOf(session.state());
    if (last !== null && now !== last) forget();
    last = now;
    turn();
  });
}

function accountOf(state: SessionState): string | null {
  return state.status === "signed_in" ? state.accountId : null;
}
