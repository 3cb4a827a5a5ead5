/**
 * What frames do to the part of a conversation that was fetched: pure functions, as "Keeping a
 * store" in docs/PROTOCOL.md has it. What was applied already changes nothing.
 */
import type { Message, Messages } from "~/api/schema";
import type { MessageEdited, MessagePosted, Reacted, RoomFrame } from "~/live/frames";

/** A stretch of a conversation without gaps; the same object when nothing changed. */
export function messagesAfter(had: Messages, frame: RoomFrame): Messages {
  switch (frame.type) {
    case "message_posted":
      return posted(had, frame);
    case "message_edited":
      return changed(had, frame.number, (message) => edited(message, frame));
    case "message_retracted":
      return changed(had, frame.number, (message) => ({ ...message, retracted: true, body: null }));
    case "message_hidden":
      return changed(had, frame.number, hidden);
    case "reaction_added":
    case "reaction_removed":
      return changed(had, frame.number, (message) => reacted(message, frame));
    default:
      return had;
  }
}

/** The message that this frame changes in a way that only the server can tell. */
export function messageToFetch(frame: RoomFrame): number | null {
  if (frame.type === "message_restored") return frame.number;
  const again = frame.type === "hidden_message_decided" && frame.decision === "shown_again";
  return again ? frame.number : null;
}

/** As {@link messagesAfter}, for a message that was fetched. */
export function messageFetched(had: Messages, fetched: Message): Messages {
  return changed(had, fetched.number, () => fetched);
}

/** Where a message stands, or -1. */
function indexOf(messages: readonly Message[], number: number): number {
  let low = 0;
  let high = messages.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = messages[middle]?.number ?? 0;
    if (found === number) return middle;
    if (found < number) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/** What comes before a stretch, joined to it; unchanged if it does not fit any more. */
export function withOlder(had: Messages, older: Messages, asked: number): Messages {
  if (had.messages[0]?.number !== asked) return had;
  return { ...had, messages: [...older.messages, ...had.messages], more_before: older.more_before };
}

/** What comes after a stretch, joined to it. Frames may have been faster. */
export function withNewer(had: Messages, newer: Messages, asked: number): Messages {
  const last = had.messages.at(-1)?.number;
  if (last === undefined || last !== asked || !had.more_after) return had;
  return { ...had, messages: [...had.messages, ...newer.messages], more_after: newer.more_after };
}

function posted(had: Messages, frame: MessagePosted): Messages {
  const last = had.messages.at(-1)?.number ?? 0;
  // What follows a gap does not belong to this stretch: it is fetched when somebody gets there.
  if (had.more_after || frame.number <= last) return had;
  const message: Message = {
    number: frame.number,
    author_id: frame.author_id,
    posted_at: frame.posted_at,
    body: frame.body,
    version: frame.number,
    edits: 0,
    edited_at: null,
    retracted: false,
    hidden: false,
    reactions: [],
  };
  return { ...had, messages: [...had.messages, message] };
}

function changed(had: Messages, number: number, change: (message: Message) => Message): Messages {
  const at = indexOf(had.messages, number);
  const before = had.messages[at];
  if (before === undefined) return had;
  const after = change(before);
  return after === before ? had : { ...had, messages: had.messages.with(at, after) };
}

function edited(message: Message, frame: MessageEdited): Message {
  if (frame.version <= message.version || message.hidden) return message;
  const { body, version, edited_at } = frame;
  return { ...message, body, version, edited_at, edits: message.edits + 1 };
}

/** Nothing of it is left: neither words nor edits, reactions, or whether it was retracted. */
function hidden(message: Message): Message {
  const nothing = { body: null, edits: 0, edited_at: null, retracted: false, reactions: [] };
  return { ...message, ...nothing, version: message.number, hidden: true };
}

function reacted(message: Message, { type, by, reaction }: Reacted): Message {
  if (message.hidden) return message;
  const others = message.reactions.filter((one) => one.by !== by || one.reaction !== reaction);
  const stands = others.length < message.reactions.length;
  if (stands === (type === "reaction_added")) return message;
  const reactions = stands ? others : [...message.reactions, { by, reaction }];
  return { ...message, reactions };
}
