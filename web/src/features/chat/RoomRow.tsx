import { VisuallyHidden } from "@mantine/core";
import { type MouseEvent, memo } from "react";
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

interface Props {
  room: Room;
  isOpen: boolean;
  onOpen: (roomId: string) => void;
}

/**
 * A conversation in the list: with whom, what was said last, and what waits to be read. It is
 * made of plain elements, because hundreds of them are made while somebody scrolls.
 */
export const RoomRow = memo(function RoomRow({ room, isOpen, onOpen }: Props) {
  const { t } = useTranslation("chat");
  const { number } = useFormat();
  const when = useShortTime();
  const { other, unread } = room;
  return (
    <a
      href={`/messages/${room.room_id}`}
      className={classes.row}
      data-open={isOpen || undefined}
      aria-current={isOpen ? "true" : undefined}
      onClick={(event) => {
        if (!isPlain(event)) return;
        event.preventDefault();
        onOpen(room.room_id);
      }}
    >
      <PersonAvatar name={other.name} size={40} online={other.online} />
      <div className={classes.rowWords}>
        <div className={classes.rowLine}>
          <span className={classes.name} data-unread={unread > 0 || undefined} dir="auto">
            {other.name}
          </span>
          {other.online && <VisuallyHidden>{t("online")}</VisuallyHidden>}
          <span className={classes.when}>{when(room.last_activity_at)}</span>
        </div>
        <div className={classes.rowLine}>
          <LastWords room={room} />
          {unread > 0 && (
            <span className={classes.badge}>
              <span aria-hidden>{unread >= UNREAD_MAX ? "99+" : number(unread)}</span>
              <VisuallyHidden>{t("unread", { count: unread })}</VisuallyHidden>
            </span>
          )}
        </div>
      </div>
    </a>
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
    <span className={classes.last} data-quiet={quiet || undefined} dir="auto">
      {said()}
    </span>
  );
}

/** Others open it elsewhere: in a new tab, say. */
function isPlain({ button, ctrlKey, metaKey, shiftKey, altKey }: MouseEvent): boolean {
  return button === 0 && !ctrlKey && !metaKey && !shiftKey && !altKey;
}
