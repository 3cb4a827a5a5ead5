import { useCallback } from "react";
import type { Message, Reaction } from "~/api/schema";
import { live } from "~/live/live";
import { toast } from "~/ui/toast";
import { useCommandWords } from "./useCommandWords";

/** Adds or takes away an own reaction. It shows when the feed says that it stands. */
export function useReact(roomId: string, message: Message) {
  const words = useCommandWords();
  const { number } = message;
  return useCallback(
    (reaction: Reaction, add: boolean) => {
      const type = add ? "add_reaction" : "remove_reaction";
      void live.command({ type, room_id: roomId, number, reaction }).catch((error: unknown) => {
        toast(words(error), true);
      });
    },
    [roomId, number, words],
  );
}
