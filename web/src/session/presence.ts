/**
 * When somebody last did something in this browser. A page that was closed on a ward's machine
 * leaves its cookie behind; whoever opens it again after a while has to log in, as if it had
 * stayed open. What is kept is a time, and nothing of whom.
 */
const REMEMBERED = "anamnesis.active_at";
/** Written no more often than this. */
const EVERY_MS = 10_000;

export function rememberPresence(now: number): void {
  if (now - lastPresence() >= EVERY_MS) localStorage.setItem(REMEMBERED, String(now));
}

/** Nobody is signed in any more, whether the server heard of it or not. */
export function forgetPresence(): void {
  localStorage.setItem(REMEMBERED, "0");
}

/** Whether anybody was ever signed in here: else there is no session to ask for. */
export function wasAnybody(): boolean {
  return localStorage.getItem(REMEMBERED) !== null;
}

/** Whether somebody was here within this time. */
export function wasPresent(now: number, withinMs: number): boolean {
  return now - lastPresence() < withinMs;
}

function lastPresence(): number {
  return Number(localStorage.getItem(REMEMBERED) ?? Number.NEGATIVE_INFINITY);
}
