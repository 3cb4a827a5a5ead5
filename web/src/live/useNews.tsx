import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { MessagePosted } from "~/live/frames";
import { cachedRoom, live } from "~/live/live";
import { notifyOf } from "~/live/notify";

/** What was missed for longer is no news: it is counted, and not told one by one. */
const NEWS_MS = 60_000;

/**
 * Tells of new messages that nobody is looking at: in a corner of the page, and through the
 * browser for those who want that. Neither says what was written.
 */
export function useNews(): void {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  useEffect(() => {
    const tell = async ({ room_id: roomId, posted_at }: MessagePosted) => {
      if (Date.now() - Date.parse(posted_at) > NEWS_MS) return;
      const room = cachedRoom(client, roomId) ?? (await live.store().source.room(roomId));
      if (room === null || room === undefined) return;
      const title = t("new_message_from", { name: room.other.name });
      const open = () => void navigate({ to: "/messages/$roomId", params: { roomId } });
      notifyOf(roomId, title, open);
      if (live.openRoom.get() === roomId) return;
      // One for each conversation, however much is said in it.
      notifications.hide(roomId);
      notifications.show({
        id: roomId,
        message: title,
        onClick: () => {
          notifications.hide(roomId);
          open();
        },
        closeButtonProps: { "aria-label": t("dismiss") },
        style: { cursor: "pointer" },
      });
    };
    return live.onArrival((frame) => void tell(frame).catch(() => undefined));
  }, [client, navigate, t]);
}
