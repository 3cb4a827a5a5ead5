/**
 * Frames that come while something is being fetched. What is fetched may be older than they are,
 * so they are applied to it once more; that does no harm where it is newer.
 */
import type { PassingFrame, RoomFrame } from "~/live/frames";

type Noted = RoomFrame | Extract<PassingFrame, { type: "presence" }>;

export class Journal {
  #open = 0;
  #frames: Noted[] = [];

  note(frame: Noted): void {
    if (this.#open > 0) this.#frames.push(frame);
  }

  /** What `fetch` gives, with what came meanwhile. */
  async around<T>(fetch: () => Promise<T>, replay: (value: T, frame: Noted) => T): Promise<T> {
    const from = this.#frames.length;
    this.#open += 1;
    try {
      const fetched = await fetch();
      return this.#frames.slice(from).reduce(replay, fetched);
    } finally {
      this.#open -= 1;
      if (this.#open === 0) this.#frames = [];
    }
  }
}
