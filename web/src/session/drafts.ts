/**
 * Words that were not sent yet. They outlive leaving a page and being logged off, in this
 * page's memory, for whoever wrote them; they are never written to the browser's storage, where
 * the next person at the same machine could find them.
 */
const drafts = new Map<string, string>();

/** More than anybody writes at once; the oldest are forgotten first. */
const DRAFTS_MAX = 200;

function name(accountId: string, about: string): string {
  return `${accountId} ${about}`;
}

/** Whether somebody has left words unsent. */
export function hasDrafts(accountId: string): boolean {
  return [...drafts.keys()].some((key) => key.startsWith(`${accountId} `));
}

export function readDraft(accountId: string, about: string): string {
  return drafts.get(name(accountId, about)) ?? "";
}

export function keepDraft(accountId: string, about: string, words: string): void {
  const key = name(accountId, about);
  drafts.delete(key);
  if (words === "") return;
  drafts.set(key, words);
  const oldest = drafts.keys().next().value;
  if (drafts.size > DRAFTS_MAX && oldest !== undefined) drafts.delete(oldest);
}
