/** What is otherwise at one moment than at the one before. */
import type { AsOf, MessageThen } from "~/api/schema";
import type { Fact, Facts } from "./facts";

export interface Change {
  key: string;
  label: string;
  /** Null of what was not there. */
  before: string | null;
  /** Null of what is not there any more. */
  now: string | null;
}

/** Before there was anything, everything is new, and nothing of it is worth a mark. */
export function changesOf(before: Facts | null, now: Facts): Change[] {
  if (before === null) return [];
  return [
    ...between(before.record, now.record),
    ...between(before.people, now.people),
    ...between(before.readers, now.readers),
    ...between(before.grants, now.grants),
  ];
}

function between(before: Fact[], now: Fact[]): Change[] {
  const old = new Map(before.map((fact) => [fact.key, fact]));
  const left = new Set(now.map((fact) => fact.key));
  const changed = now
    .filter(({ key, value }) => old.get(key)?.value !== value)
    .map(({ key, label, value }) => {
      return { key, label, before: old.get(key)?.value ?? null, now: value };
    });
  const gone = before
    .filter(({ key }) => !left.has(key))
    .map(({ key, label, value }) => ({ key, label, before: value, now: null }));
  return [...changed, ...gone];
}

export type MessageChange =
  | "new"
  | "edited"
  | "taken_back"
  | "restored"
  | "hidden"
  | "shown_again"
  | "reactions";

/** What became of each message, by its number. */
export function messageChanges(before: AsOf | null, now: AsOf): Map<number, MessageChange[]> {
  const changes = new Map<number, MessageChange[]>();
  if (before === null || !("messages" in before.record) || !("messages" in now.record)) {
    return changes;
  }
  const old = new Map(before.record.messages.map((message) => [message.number, message]));
  const newest = before.record.messages.at(-1)?.number ?? 0;
  for (const message of now.record.messages) {
    const was = old.get(message.number);
    const found = was === undefined ? arrival(message, newest) : became(was, message);
    if (found.length > 0) changes.set(message.number, found);
  }
  return changes;
}

/** A message that is older than the page before is not new, it was merely on another page. */
function arrival({ number }: MessageThen, newest: number): MessageChange[] {
  return number > newest ? ["new"] : [];
}

function became(was: MessageThen, is: MessageThen): MessageChange[] {
  const found: MessageChange[] = [];
  if (was.edits !== is.edits) found.push("edited");
  if (was.hidden !== is.hidden) found.push(is.hidden ? "hidden" : "shown_again");
  else if ((was.retracted === null) !== (is.retracted === null)) {
    found.push(is.retracted === null ? "restored" : "taken_back");
  }
  if (JSON.stringify(was.reactions) !== JSON.stringify(is.reactions)) found.push("reactions");
  return found;
}
