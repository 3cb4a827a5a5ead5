import { useEffect, useSyncExternalStore } from "react";
import type { Room } from "~/api/schema";
import { receiptsOf } from "~/live/apply/rooms";
import { live } from "~/live/live";
import { useMe } from "~/session/useSession";
import type { Item } from "./items";

/** Read is what was on the screen while somebody was at it, and nothing else. */
export function useReadWhatIsSeen(
  room: Room,
  items: readonly Item[],
  range: { startIndex: number; endIndex: number } | null,
): void {
  const { accountId: me } = useMe();
  const looks = useSyncExternalStore(subscribe, isLookedAt);
  const from = range?.startIndex ?? 0;
  const to = range?.endIndex ?? -1;
  useEffect(() => {
    if (!looks) return;
    const seen = newestOfOther(items.slice(from, to + 1), me);
    if (seen > receiptsOf(room, me).own.read) live.read(room.room_id, seen);
  }, [looks, items, from, to, me, room]);
}

function newestOfOther(items: readonly Item[], me: string): number {
  const theirs = items.flatMap((item) =>
    item.kind === "message" && item.message.author_id !== me ? [item.message.number] : [],
  );
  return theirs.at(-1) ?? 0;
}

function isLookedAt(): boolean {
  return document.visibilityState === "visible" && document.hasFocus();
}

function subscribe(listener: () => void): () => void {
  window.addEventListener("focus", listener);
  window.addEventListener("blur", listener);
  document.addEventListener("visibilitychange", listener);
  return () => {
    window.removeEventListener("focus", listener);
    window.removeEventListener("blur", listener);
    document.removeEventListener("visibilitychange", listener);
  };
}
