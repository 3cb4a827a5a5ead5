import { useDocumentTitle } from "@mantine/hooks";
import { useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Message, Room } from "~/api/schema";
import { live } from "~/live/live";
import { ErrorNotice } from "~/ui/ErrorNotice";
import { AnnounceArrivals } from "./AnnounceArrivals";
import classes from "./Chat.module.css";
import { Composer } from "./Composer";
import { ConversationHeader } from "./ConversationHeader";
import { ConversationSkeleton } from "./ConversationSkeleton";
import { LineBanner } from "./LineBanner";
import { MessageList } from "./MessageList";
import { useMessages } from "./queries";
import { TypingLine } from "./TypingLine";

/** What two people say to each other, and the place to write. */
export function Conversation({ room }: { room: Room }) {
  const { t } = useTranslation("chat");
  useDocumentTitle(`${t("messages")} · Anamnesis`);
  const [editing, setEditing] = useState<Message | null>(null);
  const done = useCallback(() => setEditing(null), []);
  const messages = useMessages(room, room.room_id);
  useEffect(() => {
    live.openRoom.set(room.room_id);
    return () => live.openRoom.set(null);
  }, [room.room_id]);
  return (
    <section className={classes.conversation} aria-label={t("with", { name: room.other.name })}>
      <ConversationHeader room={room} />
      <LineBanner />
      {messages.isPending && <ConversationSkeleton />}
      {messages.error !== null && messages.data === undefined && (
        <ErrorNotice error={messages.error} onRetry={() => void messages.refetch()} />
      )}
      {messages.data !== undefined && (
        <MessageList room={room} loaded={messages.data} onEdit={setEditing} />
      )}
      <AnnounceArrivals room={room} />
      <TypingLine room={room} />
      <Composer
        key={editing === null ? "new" : editing.number}
        roomId={room.room_id}
        name={room.other.name}
        closed={room.closed}
        editing={editing}
        onDone={done}
      />
    </section>
  );
}
