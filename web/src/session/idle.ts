/**
 * Notices that nobody is there any more. A page that shows a patient's record does not stay open
 * on a ward's machine: after a while without input there is a warning, and then the session ends.
 * What somebody does on one page of the browser counts for all of them.
 */

/** Where time comes from; tests turn it by hand. */
export interface IdleClock {
  now(): number;
  after(ms: number, then: () => void): () => void;
}

/** How the pages of one browser hear of each other: a BroadcastChannel does. */
export interface IdlePages {
  postMessage(at: number): void;
  onmessage: ((event: MessageEvent<number>) => void) | null;
}

export interface IdleLimits {
  /** How long nobody may do anything. */
  idleMs: number;
  /** How long before its end there is a warning. */
  warningMs: number;
}

export const IDLE_LIMITS: IdleLimits = { idleMs: 15 * 60_000, warningMs: 60_000 };

/** Input comes in swarms; more often than this it changes nothing. */
const NOTICED_EVERY_MS = 1_000;

export type IdleState = { status: "watching" } | { status: "warned"; endsAt: number };

export class IdleWatch {
  #state: IdleState = { status: "watching" };
  #lastAt: number;
  #cancel: () => void = () => undefined;
  readonly #listeners = new Set<() => void>();

  constructor(
    private readonly onIdle: () => void,
    private readonly limits: IdleLimits,
    private readonly clock: IdleClock,
    private readonly pages: IdlePages,
  ) {
    this.#lastAt = clock.now();
    pages.onmessage = ({ data }) => this.#wasActive(data);
    this.#look();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly state = (): IdleState => this.#state;

  /** Somebody did something. Once there is a warning, only an answer to it counts. */
  readonly noticed = (): void => {
    const at = this.clock.now();
    if (this.#state.status === "warned" || at - this.#lastAt < NOTICED_EVERY_MS) return;
    // A machine that slept wakes up with the first movement: too late for that to count.
    if (at - this.#lastAt >= this.limits.idleMs) this.#look();
    else this.#tellAll(at);
  };

  /** Somebody says that they are still there. */
  readonly stay = (): void => this.#tellAll(this.clock.now());

  stop(): void {
    this.#cancel();
    this.pages.onmessage = null;
  }

  #tellAll(at: number): void {
    this.pages.postMessage(at);
    this.#wasActive(at);
  }

  #wasActive(at: number): void {
    if (at <= this.#lastAt) return;
    this.#lastAt = at;
    this.#look();
  }

  /** Sees where things stand, and sets the clock for when that changes next. */
  #look(): void {
    this.#cancel();
    const endsAt = this.#lastAt + this.limits.idleMs;
    const warnAt = endsAt - this.limits.warningMs;
    const now = this.clock.now();
    if (now >= endsAt) {
      this.#set({ status: "watching" });
      this.onIdle();
      return;
    }
    this.#set(now < warnAt ? { status: "watching" } : { status: "warned", endsAt });
    const next = now < warnAt ? warnAt : endsAt;
    this.#cancel = this.clock.after(next - now, () => this.#look());
  }

  #set(state: IdleState): void {
    if (state.status === this.#state.status && state.status === "watching") return;
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}

/** The browser's own time. */
export const browserClock: IdleClock = {
  now: () => Date.now(),
  after: (ms, then) => {
    const timer = setTimeout(then, ms);
    return () => clearTimeout(timer);
  },
};
