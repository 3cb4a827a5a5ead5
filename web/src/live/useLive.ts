import { useEffect } from "react";
import { live } from "~/live/live";
import { useSignal } from "~/live/signal";
import type { Connection } from "~/live/socket";
import { useMe } from "~/session/useSession";

/** Keeps the feed going while the shell is there. Compliance officers follow nothing. */
export function useLiveFeed(): void {
  const { accountId, role } = useMe();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another account is another feed.
  useEffect(() => (role === "compliance" ? undefined : live.follow()), [accountId, role]);
}

/** How the line to the server stands. */
export function useConnection(): Connection {
  return useSignal(live.connection);
}
