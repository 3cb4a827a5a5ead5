import { useQueryClient } from "@tanstack/react-query";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Message, Messages, Room } from "~/api/schema";
import { live } from "~/live/live";
import { useSignal } from "~/live/signal";
import { useMe } from "~/session/useSession";
import classes from "./Chat.module.css";
import { itemsOf } from "./items";
import { JumpToLatest } from "./JumpToLatest";
import { ListItem } from "./ListItem";
import { firstUnread, loadEnd, loadNewer, loadOlder, rememberPlace } from "./queries";
import { useReadWhatIsSeen } from "./useReadWhatIsSeen";

/** So many items before an end of what is loaded, the next page is asked for. */
const AHEAD = 15;
/** Within so many pixels of the end, one is at the end. */
const END_PX = 80;
const GUESS = { day: 44, unread: 36, message: 64, pending: 64 } as const;

interface Props {
  room: Room;
  loaded: Messages;
  onEdit: (message: Message) => void;
}

/** The conversation itself: endless in both directions, and it never jumps. */
export function MessageList({ room, loaded, onEdit }: Props) {
  const { t } = useTranslation("chat");
  const { accountId: me } = useMe();
  const client = useQueryClient();
  const roomId = room.room_id;
  const scroller = useRef<HTMLDivElement>(null);
  const pending = useSignal(live.outbox.pending, () => live.outbox.of(roomId));
  const [newFrom] = useState(() => firstUnread(room, me) ?? null);
  const items = useMemo(
    () => itemsOf(loaded, pending, { me, newFrom, dayOf }),
    [loaded, pending, me, newFrom],
  );
  const list = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => items[index]?.key ?? index,
    estimateSize: (index) => GUESS[items[index]?.kind ?? "message"],
    overscan: 8,
    paddingStart: 12,
    paddingEnd: 12,
    anchorTo: "end",
    followOnAppend: true,
    scrollEndThreshold: END_PX,
  });

  const begin = items.findIndex(({ kind }) => kind === "unread");
  const begun = useRef(false);
  useLayoutEffect(() => {
    if (begun.current) return;
    begun.current = true;
    if (begin === -1) list.scrollToEnd();
    else list.scrollToIndex(begin, { align: "start" });
  }, [begin, list]);

  const written = pending.at(-1)?.clientId;
  const before = useRef(written);
  useLayoutEffect(() => {
    // Whoever writes wants to see it, wherever they were reading.
    if (written !== undefined && written !== before.current) {
      if (loaded.more_after) void loadEnd(client, roomId);
      list.scrollToEnd();
    }
    before.current = written;
  }, [written, list, client, roomId, loaded.more_after]);

  const shown = list.getVirtualItems();
  const first = shown[0]?.index ?? 0;
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    // What failed is asked for again with the next scroll.
    if (first < AHEAD) void loadOlder(client, roomId).catch(() => undefined);
    if (last >= items.length - AHEAD) void loadNewer(client, roomId).catch(() => undefined);
  }, [first, last, items.length, client, roomId]);

  const atEnd = !loaded.more_after && list.isAtEnd(END_PX);
  const place = items[list.range?.startIndex ?? 0];
  const placeNumber = place?.kind === "message" ? place.message.number : undefined;
  useEffect(() => {
    if (atEnd) rememberPlace(roomId, null);
    else if (placeNumber !== undefined) rememberPlace(roomId, placeNumber);
  }, [atEnd, placeNumber, roomId]);
  useReadWhatIsSeen(room, items, list.range);

  return (
    <div className={classes.stage}>
      <div
        className={classes.messages}
        ref={scroller}
        tabIndex={0}
        role="group"
        aria-label={t("messages")}
      >
        <div role="list" className={classes.rows} style={{ height: list.getTotalSize() }}>
          {shown.map((row) => {
            const item = items[row.index];
            return (
              item !== undefined && (
                <div
                  role="listitem"
                  key={row.key}
                  ref={list.measureElement}
                  data-index={row.index}
                  className={classes.place}
                  style={{ transform: `translateY(${row.start}px)` }}
                >
                  <ListItem item={item} room={room} onEdit={onEdit} />
                </div>
              )
            );
          })}
        </div>
      </div>
      {!atEnd && (
        <JumpToLatest
          unread={room.unread}
          onJump={async () => {
            if (loaded.more_after) await loadEnd(client, roomId).catch(() => undefined);
            list.scrollToEnd();
          }}
        />
      )}
    </div>
  );
}

/** The day where the reader is. */
function dayOf(at: string): string {
  return new Date(at).toDateString();
}
