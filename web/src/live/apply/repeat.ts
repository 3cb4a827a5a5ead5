/**
 * Runs a piece of work again and again while it is asked for, never twice at once: whoever asks
 * while it runs gets one more run after it. So many frames make few requests, and the last
 * request is never older than the last frame.
 */
export class Repeat {
  readonly #running = new Map<string, { again: boolean; done: Promise<void> }>();

  constructor(readonly restMs: number) {}

  ask(name: string, work: () => Promise<void>): Promise<void> {
    const running = this.#running.get(name);
    if (running !== undefined) {
      running.again = true;
      return running.done;
    }
    const state = { again: false, done: Promise.resolve() };
    this.#running.set(name, state);
    state.done = this.#loop(name, state, work);
    return state.done;
  }

  /** Everything that was asked for is done. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) {
      await Promise.all([...this.#running.values()].map(({ done }) => done));
    }
  }

  async #loop(name: string, state: { again: boolean }, work: () => Promise<void>): Promise<void> {
    do {
      state.again = false;
      // A failure is the query's to show; what it was about is out of date all the same.
      await work().catch(() => undefined);
      if (state.again) await new Promise((resolve) => setTimeout(resolve, this.restMs));
    } while (state.again);
    this.#running.delete(name);
  }
}
