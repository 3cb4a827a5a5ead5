import { VisuallyHidden } from "@mantine/core";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Room } from "~/api/schema";
import { live } from "~/live/live";

interface Heard {
  number: number;
  body: string;
}

/** So many stay in the log; a screen reader has said the others. */
const KEPT = 5;

/**
 * Says new messages of the other one to people who listen to the screen. The list itself does
 * not: what is scrolled into it is not new.
 */
export function AnnounceArrivals({ room }: { room: Room }) {
  const { t } = useTranslation("chat");
  const heard = useHeard(room.room_id);
  return (
    <VisuallyHidden role="log" aria-label={t("new_messages")} aria-live="polite">
      {heard.map(({ number, body }) => (
        <div key={number}>{t("says", { name: room.other.name, words: body })}</div>
      ))}
    </VisuallyHidden>
  );
}

/** What the other one said while this was open. Words that are taken back are not kept here. */
function useHeard(roomId: string): readonly Heard[] {
  const [heard, setHeard] = useState<readonly Heard[]>([]);
  useEffect(
    () =>
      live.onArrival(({ room_id, number, body }) => {
        if (room_id !== roomId || body === null) return;
        setHeard((before) => [...before, { number, body }].slice(-KEPT));
      }),
    [roomId],
  );
  useEffect(
    () =>
      live.onWithdrawal((gone) => {
        if (gone === null) setHeard([]);
        else if (gone.room_id === roomId) {
          setHeard((before) => before.filter(({ number }) => number !== gone.number));
        }
      }),
    [roomId],
  );
  return heard;
}
