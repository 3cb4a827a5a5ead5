import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Room } from "~/api/schema";
import { live } from "~/live/live";
import { useSignal } from "~/live/signal";
import classes from "./Chat.module.css";

/** That the other one is typing. Said politely once, not with every key. */
export function TypingLine({ room }: { room: Room }) {
  const { t } = useTranslation("chat");
  const isTyping = useSignal(live.typing.rooms, (rooms) => rooms.has(room.room_id));
  return (
    <Text size="xs" c="dimmed" role="status" className={classes.typing}>
      {isTyping && t("is_typing", { name: room.other.name })}
    </Text>
  );
}
