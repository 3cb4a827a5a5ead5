import { UnstyledButton } from "@mantine/core";
import { type NotificationData, notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { MessagePosted } from "~/live/frames";
import { cachedRoom, live } from "~/live/live";
import { notifyOf } from "~/live/notify";

/** What was missed for longer is no news: it is counted, and not told one by one. */
const NEWS_MS = 60_000;
/** Long enough to come to it with the keyboard; the badges go on saying it. */
const NEWS_STAY_MS = 6_000;

/**
 * Tells of new messages that nobody is looking at: in a corner of the page, and through the
 * browser for those who want that. Neither says what was written.
 */
export function useNews(): void {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  useEffect(() => {
    let left = false;
    const tell = async ({ room_id: roomId, posted_at }: MessagePosted) => {
      if (Date.now() - Date.parse(posted_at) > NEWS_MS) return;
      const room = cachedRoom(client, roomId) ?? (await live.store().source.room(roomId));
      // Whoever is here by now may be somebody else.
      if (left || room === null || room === undefined) return;
      const title = t("new_message_from", { name: room.other.name });
      const open = () => void navigate({ to: "/messages/$roomId", params: { roomId } });
      notifyOf(roomId, title, open);
      if (live.openRoom.get() === roomId) return;
      show({ id: roomId, message: title, closeButtonProps: { "aria-label": t("dismiss") } }, open);
    };
    const stop = live.onArrival((frame) => void tell(frame).catch(() => undefined));
    return () => {
      left = true;
      stop();
    };
  }, [client, navigate, t]);
}

/** Tells of own messages that were not sent, where nobody looks at their conversation. */
export function useNotSent(): void {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  useEffect(
    () =>
      live.outbox.onFailure(({ roomId }) => {
        if (live.openRoom.get() === roomId) return;
        const name = cachedRoom(client, roomId)?.other.name;
        const message = name == null ? t("not_sent") : t("not_sent_to", { name });
        const open = () => void navigate({ to: "/messages/$roomId", params: { roomId } });
        const closeButtonProps = { "aria-label": t("dismiss") };
        // It stays until somebody has seen it: nothing else says so.
        show(
          { id: notSent(roomId), message, color: "red", autoClose: false, closeButtonProps },
          open,
        );
      }),
    [client, navigate, t],
  );
  useEffect(
    () =>
      live.openRoom.subscribe(() => {
        const roomId = live.openRoom.get();
        if (roomId !== null) notifications.hide(notSent(roomId));
      }),
    [],
  );
}

function notSent(roomId: string): string {
  return `not sent ${roomId}`;
}

/** One for each conversation, however much is said in it. Leads there, also by keyboard. */
function show(news: NotificationData & { id: string }, open: () => void): void {
  const follow = () => {
    notifications.hide(news.id);
    open();
  };
  const message = (
    <UnstyledButton onClick={follow} w="100%" mih={24} fz="inherit" c="inherit">
      {news.message}
    </UnstyledButton>
  );
  notifications.hide(news.id);
  notifications.show({ autoClose: NEWS_STAY_MS, ...news, message });
}
