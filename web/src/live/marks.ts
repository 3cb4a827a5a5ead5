/** How far each conversation reached this device, and was read: each said once, the newest only. */
import type { Ack, Command } from "~/live/frames";

type Kind = "mark_delivered" | "mark_read";

export class Marks {
  readonly #wanted = new Map<string, number>();
  readonly #said = new Map<string, number>();
  readonly #onItsWay = new Set<string>();

  constructor(readonly send: (command: Command, clientId: string) => Promise<Ack>) {}

  set(kind: Kind, roomId: string, through: number): void {
    const name = `${kind} ${roomId}`;
    if (through <= (this.#wanted.get(name) ?? 0)) return;
    this.#wanted.set(name, through);
    void this.#say(name, kind, roomId);
  }

  async #say(name: string, kind: Kind, roomId: string): Promise<void> {
    if (this.#onItsWay.has(name)) return;
    this.#onItsWay.add(name);
    for (;;) {
      const through = this.#wanted.get(name) ?? 0;
      if (through <= (this.#said.get(name) ?? 0)) break;
      try {
        await this.send({ type: kind, room_id: roomId, through }, crypto.randomUUID());
        this.#said.set(name, through);
      } catch {
        // The next message tries again; a mark that is missing is seen as "not read yet".
        this.#wanted.delete(name);
        break;
      }
    }
    this.#onItsWay.delete(name);
  }
}
