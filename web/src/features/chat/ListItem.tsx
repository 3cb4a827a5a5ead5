import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Message, Room } from "~/api/schema";
import { receiptsOf } from "~/live/apply/rooms";
import { useMe } from "~/session/useSession";
import { Bubble } from "./Bubble";
import classes from "./Chat.module.css";
import type { Item } from "./items";
import { PendingBubble } from "./PendingBubble";
import type { ReceiptState } from "./ReceiptMark";
import { useDayWords } from "./useShortTime";

interface Props {
  item: Item;
  room: Room;
  onEdit: (message: Message) => void;
}

/** One thing that stands in a conversation. */
export function ListItem({ item, room, onEdit }: Props) {
  const { t } = useTranslation("chat");
  const { accountId: me } = useMe();
  const day = useDayWords();
  switch (item.kind) {
    case "day":
      return (
        <Text className={classes.day} size="xs" c="dimmed">
          <span>{day(item.at)}</span>
        </Text>
      );
    case "unread":
      return (
        <Text className={classes.newMessages} size="xs" fw={600}>
          <span>{t("new_messages")}</span>
        </Text>
      );
    case "pending":
      return <PendingBubble pending={item.pending} goesOn={item.goesOn} />;
    case "message":
      return (
        <Bubble
          message={item.message}
          roomId={room.room_id}
          goesOn={item.goesOn}
          mine={item.message.author_id === me}
          otherId={room.other.account_id}
          otherName={room.other.name}
          closed={room.closed}
          receipt={receiptOf(room, me, item.message)}
          onEdit={onEdit}
        />
      );
  }
}

function receiptOf(room: Room, me: string, message: Message): ReceiptState | null {
  if (message.author_id !== me) return null;
  const { other } = receiptsOf(room, me);
  if (other.read >= message.number) return "read";
  return other.delivered >= message.number ? "delivered" : "sent";
}
