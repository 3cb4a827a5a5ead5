/**
 * What was asked for and is not answered yet, in order. One is on its way at a time, so that what
 * has to be sent again is never overtaken by what was written after it.
 */
import { backoff } from "~/live/backoff";
import type { Ack, Command, Refused } from "~/live/frames";

/** A command was not carried out, for a reason that `code` names. */
export class LiveError extends Error {
  constructor(readonly code: string) {
    super(code);
    this.name = "LiveError";
  }
}

type Sent = Command & { client_id: string };

interface Waiting {
  frame: Sent;
  attempts: number;
  resolve: (ack: Ack) => void;
  reject: (error: LiveError) => void;
}

/** More than anybody writes while the line is lost. */
const WAITING_MAX = 500;
const ATTEMPTS_MAX = 6;
/** The same again, with the same id: nothing was done, or it is not known whether it was. */
const PASSING = new Set([
  "contended",
  "overloaded",
  "unavailable",
  "read_models_lag",
  "outcome_unknown",
]);

export class Commands {
  #waiting: Waiting[] = [];
  #current: Waiting | null = null;
  #open = false;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(readonly say: (frame: Sent) => void) {}

  add(frame: Sent): Promise<Ack> {
    if (this.#waiting.length >= WAITING_MAX) {
      return Promise.reject(new LiveError("too_many_waiting"));
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ frame, attempts: 0, resolve, reject });
      this.#next();
    });
  }

  /** The line is open: what was not answered is sent again. */
  again(): void {
    this.#open = true;
    this.#next();
  }

  lineLost(): void {
    this.#open = false;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#current !== null) this.#waiting.unshift(this.#current);
    this.#current = null;
  }

  ack(ack: Ack): void {
    this.#answered(ack.client_id)?.resolve(ack);
    this.#next();
  }

  refuse({ client_id, code }: Refused): void {
    const current = this.#current;
    if (current === null || current.frame.client_id !== client_id) return;
    current.attempts += 1;
    if (PASSING.has(code) && current.attempts < ATTEMPTS_MAX) {
      this.#timer = setTimeout(() => this.say(current.frame), backoff(current.attempts));
      return;
    }
    this.#answered(client_id)?.reject(new LiveError(code));
    this.#next();
  }

  /** Nobody waits for an answer any more. */
  end(): void {
    this.lineLost();
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const { reject } of waiting) reject(new LiveError("signed_out"));
  }

  #answered(clientId: string): Waiting | null {
    const current = this.#current;
    if (current === null || current.frame.client_id !== clientId) return null;
    this.#current = null;
    return current;
  }

  /** What somebody wrote goes before the marks that the page sets by itself. */
  #next(): void {
    if (!this.#open || this.#current !== null) return;
    const written = this.#waiting.findIndex(({ frame }) => !("through" in frame));
    const [next] = this.#waiting.splice(Math.max(0, written), 1);
    if (next === undefined) return;
    this.#current = next;
    this.say(next.frame);
  }
}
