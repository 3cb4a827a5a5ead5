import { useNavigate } from "@tanstack/react-router";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useCallback, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Room } from "~/api/schema";
import { ErrorNotice } from "~/ui/ErrorNotice";
import classes from "./Chat.module.css";
import { RoomRow } from "./RoomRow";

const ROW_HEIGHT = 72;
/** So many rows before the end, the next page is asked for. */
const AHEAD = 20;

interface Props {
  rooms: readonly Room[];
  openId: string | undefined;
  hasMore: boolean;
  onEnd: () => Promise<void>;
}

/** Only the rows that can be seen are on the page, however many there are. */
export function RoomRows({ rooms, openId, hasMore, onEnd }: Props) {
  const { t } = useTranslation("chat");
  const navigate = useNavigate();
  const open = useCallback(
    (roomId: string) => void navigate({ to: "/messages/$roomId", params: { roomId } }),
    [navigate],
  );
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: rooms.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => rooms[index]?.room_id ?? index,
    overscan: 8,
  });
  const shown = rows.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  const [error, setError] = useState<unknown>(null);
  const goOn = useCallback(() => {
    onEnd().then(() => setError(null), setError);
  }, [onEnd]);
  useEffect(() => {
    // A page that failed is asked for again with the next scroll, too.
    if (hasMore && last >= rooms.length - AHEAD) goOn();
  }, [hasMore, last, rooms.length, goOn]);
  return (
    <div className={classes.scroller} ref={scroller}>
      <div
        role="list"
        aria-label={t("conversations")}
        className={classes.rows}
        style={{ height: rows.getTotalSize() }}
      >
        {shown.map((row) => {
          const room = rooms[row.index];
          if (room === undefined) return null;
          return (
            <div
              role="listitem"
              key={row.key}
              aria-setsize={hasMore ? -1 : rooms.length}
              aria-posinset={row.index + 1}
              className={classes.place}
              style={{ height: row.size, transform: `translateY(${row.start}px)` }}
            >
              <RoomRow room={room} isOpen={room.room_id === openId} onOpen={open} />
            </div>
          );
        })}
      </div>
      {error !== null && <ErrorNotice error={error} onRetry={goOn} />}
    </div>
  );
}
