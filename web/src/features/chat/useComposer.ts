import { useMutation } from "@tanstack/react-query";
import { useRef, useState } from "react";
import type { Message } from "~/api/schema";
import { draftOf, live } from "~/live/live";
import { keepDraft, readDraft } from "~/session/drafts";
import { useMe } from "~/session/useSession";

export const BODY_BYTES_MAX = 16_384;
/** The other one is told at most so often that somebody types. */
const TYPING_EVERY_MS = 3_000;
const encoder = new TextEncoder();

/** What is being written: a new message, kept as a draft until it is sent, or other words. */
export function useComposer(roomId: string, editing: Message | null, onDone: () => void) {
  const { accountId } = useMe();
  const about = editing === null ? draftOf(roomId) : `edit ${roomId} ${editing.number}`;
  const [words, setWords] = useState(() => readDraft(accountId, about) || (editing?.body ?? ""));
  const told = useRef(0);
  const clientId = useRef(crypto.randomUUID());
  const edit = useMutation({
    mutationFn: (body: string) =>
      live.command(
        {
          type: "edit_message",
          room_id: roomId,
          number: editing?.number ?? 0,
          based_on: editing?.version ?? 0,
          body,
        },
        clientId.current,
      ),
    onSuccess: () => {
      keepDraft(accountId, about, "");
      onDone();
    },
  });

  const write = (to: string) => {
    setWords(to);
    keepDraft(accountId, about, to);
    clientId.current = crypto.randomUUID();
    if (to === "" || Date.now() - told.current < TYPING_EVERY_MS) return;
    told.current = Date.now();
    live.type(roomId);
  };

  const bytes = encoder.encode(words).length;
  const send = () => {
    const body = words.trim();
    if (body === "" || bytes > BODY_BYTES_MAX || edit.isPending) return;
    if (editing !== null) {
      if (body === editing.body) onDone();
      else edit.mutate(body);
      return;
    }
    live.outbox.post(accountId, roomId, body);
    told.current = 0;
    setWords("");
    keepDraft(accountId, about, "");
  };
  return { words, bytes, write, send, error: edit.error, isSending: edit.isPending };
}
