/** What stands one below the other in a conversation. Pure, so that it can be tested. */
import type { Message, Messages } from "~/api/schema";
import type { Pending } from "~/live/outbox";

export type Item =
  | { kind: "day"; key: string; at: string }
  | { kind: "unread"; key: string }
  | { kind: "message"; key: number; message: Message; goesOn: boolean }
  | { kind: "pending"; key: string; pending: Pending; goesOn: boolean };

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
 * the page before is loaded, and everything would jump. For the same reason a message knows
 * whether its person goes on after it, and not whether it goes on with what was before.
 */
export function itemsOf(loaded: Messages, pending: readonly Pending[], options: Options): Item[] {
  const items: Item[] = [];
  let day = loaded.more_before ? options.dayOf(loaded.messages[0]?.posted_at ?? "") : "";
  let last = { author: "", at: "" };
  let isNew = false;
  const beginDay = (at: string, key: number | string) => {
    const its = options.dayOf(at);
    if (its !== day) items.push({ kind: "day", key: `day ${key}`, at });
    day = its;
  };
  const joinToLast = (author: string, at: string) => {
    const near = Date.parse(at) - Date.parse(last.at) < TOGETHER_MS;
    const before = items.at(-1);
    if (before && "goesOn" in before) before.goesOn = near && last.author === author;
    last = { author, at };
  };
  for (const message of loaded.messages) {
    const { number, author_id, posted_at } = message;
    beginDay(posted_at, number);
    const theirs = author_id !== options.me;
    if (!isNew && theirs && options.newFrom !== null && number >= options.newFrom) {
      isNew = true;
      items.push({ kind: "unread", key: "unread" });
    }
    joinToLast(author_id, posted_at);
    items.push({ kind: "message", key: number, message, goesOn: false });
  }
  if (loaded.more_after) return items;
  const end = loaded.messages.at(-1)?.number ?? 0;
  for (const one of pending) {
    if (one.number !== null && one.number <= end) continue;
    beginDay(one.writtenAt, one.clientId);
    joinToLast(options.me, one.writtenAt);
    items.push({ kind: "pending", key: one.clientId, pending: one, goesOn: false });
  }
  return items;
}
