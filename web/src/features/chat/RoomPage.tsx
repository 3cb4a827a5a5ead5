import { useParams } from "@tanstack/react-router";
import { ApiError } from "~/api/errors";
import { NotFoundPage } from "~/app/NotFoundPage";
import { ErrorNotice } from "~/ui/ErrorNotice";
import classes from "./Chat.module.css";
import { Conversation } from "./Conversation";
import { ConversationSkeleton } from "./ConversationSkeleton";
import { useRoom } from "./queries";

/** One conversation. A room of others looks like one that does not exist. */
export function RoomPage() {
  const { roomId } = useParams({ from: "/app/messages/$roomId" });
  const room = useRoom(roomId);
  if (room.data !== undefined) return <Conversation key={roomId} room={room.data} />;
  if (isUnknown(room.error)) return <NotFoundPage />;
  return (
    <div className={classes.conversation}>
      {room.error === null ? (
        <ConversationSkeleton />
      ) : (
        <ErrorNotice error={room.error} onRetry={() => void room.refetch()} />
      )}
    </div>
  );
}

function isUnknown(error: unknown): boolean {
  return (
    error instanceof ApiError &&
    (error.status === 404 || error.status === 422 || error.status === 400)
  );
}
