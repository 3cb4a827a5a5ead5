/** Who is typing, in which room: shown for a while, or until their message comes. */
import type { Typing } from "~/live/frames";
import { Signal } from "~/live/signal";

const SHOWN_MS = 5_000;

export class TypingNow {
  readonly rooms = new Signal<ReadonlySet<string>>(new Set());
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();

  heard({ room_id }: Typing): void {
    this.#forget(room_id);
    this.#timers.set(
      room_id,
      setTimeout(() => this.stopped(room_id), SHOWN_MS),
    );
    this.rooms.set(new Set(this.rooms.get()).add(room_id));
  }

  stopped(roomId: string): void {
    this.#forget(roomId);
    if (!this.rooms.get().has(roomId)) return;
    const left = new Set(this.rooms.get());
    left.delete(roomId);
    this.rooms.set(left);
  }

  #forget(roomId: string): void {
    clearTimeout(this.#timers.get(roomId));
    this.#timers.delete(roomId);
  }
}
