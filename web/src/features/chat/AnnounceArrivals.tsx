import { VisuallyHidden } from "@mantine/core";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Room } from "~/api/schema";
import { live } from "~/live/live";

interface Heard {
  number: number;
  body: string | null;
}

/** So many stay in the log; a screen reader has said the others. */
const KEPT = 5;

/**
 * Says new messages of the other one to people who listen to the screen. The list itself does
 * not: what is scrolled into it is not new.
 */
export function AnnounceArrivals({ room }: { room: Room }) {
  const { t } = useTranslation("chat");
  const [heard, setHeard] = useState<readonly Heard[]>([]);
  useEffect(
    () =>
      live.onArrival(({ room_id, number, body }) => {
        if (room_id !== room.room_id) return;
        setHeard((before) => [...before, { number, body }].slice(-KEPT));
      }),
    [room.room_id],
  );
  return (
    <VisuallyHidden role="log" aria-label={t("new_messages")} aria-live="polite">
      {heard.map(({ number, body }) => (
        <div key={number}>{t("says", { name: room.other.name, words: body ?? "" })}</div>
      ))}
    </VisuallyHidden>
  );
}
