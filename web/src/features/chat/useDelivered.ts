import { useEffect } from "react";
import type { Rooms } from "~/api/schema";
import { receiptsOf } from "~/live/apply/rooms";
import { live } from "~/live/live";
import { useConnection } from "~/live/useLive";
import { useMe } from "~/session/useSession";

/** What was fetched reached this device, as what comes over the feed does. */
export function useDelivered(list: Rooms | undefined): void {
  const { accountId: me } = useMe();
  const { status } = useConnection();
  useEffect(() => {
    if (status !== "live") return;
    for (const room of list?.rooms ?? []) {
      const last = room.last_message;
      if (last === null || last.author_id === me) continue;
      if (last.number > receiptsOf(room, me).own.delivered)
        live.delivered(room.room_id, last.number);
    }
  }, [list, me, status]);
}
