import { Badge, Text, VisuallyHidden } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import type { Room } from "~/api/schema";
import { useFormat } from "~/i18n/useFormat";
import { live } from "~/live/live";
import { useSignal } from "~/live/signal";
import { useMe } from "~/session/useSession";
import { PersonAvatar } from "~/ui/PersonAvatar";
import classes from "./Chat.module.css";
import { useShortTime } from "./useShortTime";

/** More is not counted. */
const UNREAD_MAX = 100;

/** A conversation in the list: with whom, what was said last, and what waits to be read. */
export const RoomRow = memo(function RoomRow({ room, isOpen }: { room: Room; isOpen: boolean }) {
  const { t } = useTranslation("chat");
  const { number } = useFormat();
  const when = useShortTime();
  const { other, unread } = room;
  return (
    <Link
      to="/messages/$roomId"
      params={{ roomId: room.room_id }}
      className={classes.row}
      data-open={isOpen || undefined}
      aria-current={isOpen ? "true" : undefined}
      preload={false}
    >
      <PersonAvatar name={other.name} size={40} online={other.online} />
      <div className={classes.rowWords}>
        <div className={classes.rowLine}>
          <Text span fw={unread > 0 ? 700 : 550} truncate dir="auto">
            {other.name}
          </Text>
          {other.online && <VisuallyHidden>{t("online")}</VisuallyHidden>}
          <Text span size="xs" c="dimmed" className={classes.when}>
            {when(room.last_activity_at)}
          </Text>
        </div>
        <div className={classes.rowLine}>
          <LastWords room={room} />
          {unread > 0 && (
            <Badge circle={unread < 10} size="md" variant="filled" className={classes.badge}>
              <span aria-hidden>{unread >= UNREAD_MAX ? "99+" : number(unread)}</span>
              <VisuallyHidden>{t("unread", { count: unread })}</VisuallyHidden>
            </Badge>
          )}
        </div>
      </div>
    </Link>
  );
});

function LastWords({ room }: { room: Room }) {
  const { t } = useTranslation("chat");
  const { accountId } = useMe();
  const isTyping = useSignal(live.typing.rooms, (rooms) => rooms.has(room.room_id));
  const last = room.last_message;
  const said = () => {
    if (isTyping) return t("typing");
    if (last === null) return t("nothing_said");
    if (last.hidden) return t("hidden_short");
    if (last.retracted) return t("retracted_short");
    const words = last.body ?? t("erased_short");
    return last.author_id === accountId ? t("you_said", { words }) : words;
  };
  const quiet = isTyping || last === null || last.body === null;
  return (
    <Text span size="sm" c="dimmed" truncate fs={quiet ? "italic" : undefined} dir="auto" flex={1}>
      {said()}
    </Text>
  );
}
