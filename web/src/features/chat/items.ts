/** What stands one below the other in a conversation. Pure, so that it can be tested. */
import type { Message, Messages } from "~/api/schema";
import type { Pending } from "~/live/outbox";

export type Item =
  | { kind: "day"; key: string; at: string }
  | { kind: "unread"; key: string }
  | { kind: "message"; key: number; message: Message; follows: boolean }
  | { kind: "pending"; key: string; pending: Pending; follows: boolean };

/** Words of one person within this time belong together. */
const TOGETHER_MS = 5 * 60_000;

interface Options {
  me: string;
  /** Above which number the line "new messages" stands. */
  newFrom: number | null;
  /** The day of a moment, where the reader is. */
  dayOf: (at: string) => string;
}

/**
 * While there is more before, the first message has no day above it: it would have to go when
 * the page before is loaded, and everything would jump.
 */
export function itemsOf(loaded: Messages, pending: readonly Pending[], options: Options): Item[] {
  const items: Item[] = [];
  let day = loaded.more_before ? options.dayOf(loaded.messages[0]?.posted_at ?? "") : "";
  let last: { author: string; at: string } | null = null;
  let isNew = false;
  const begin = (author: string, at: string, key: number | string): boolean => {
    const its = options.dayOf(at);
    if (its !== day) {
      items.push({ kind: "day", key: `day ${key}`, at });
      last = null;
    }
    day = its;
    const near = last !== null && Date.parse(at) - Date.parse(last.at) < TOGETHER_MS;
    const follows = near && last?.author === author;
    last = { author, at };
    return follows;
  };
  for (const message of loaded.messages) {
    let follows = begin(message.author_id, message.posted_at, message.number);
    const theirs = message.author_id !== options.me;
    if (!isNew && theirs && options.newFrom !== null && message.number >= options.newFrom) {
      isNew = true;
      items.push({ kind: "unread", key: "unread" });
      follows = false;
    }
    items.push({ kind: "message", key: message.number, message, follows });
  }
  if (loaded.more_after) return items;
  const end = loaded.messages.at(-1)?.number ?? 0;
  for (const one of pending) {
    if (one.number !== null && one.number <= end) continue;
    const follows = begin(options.me, one.writtenAt, one.clientId);
    items.push({ kind: "pending", key: one.clientId, pending: one, follows });
  }
  return items;
}
