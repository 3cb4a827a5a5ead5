/** What this account wrote and what has not come back in the feed yet: the local echo. */
import { LiveError } from "~/live/commands";
import type { Ack, Command, MessagePosted } from "~/live/frames";
import { Signal } from "~/live/signal";

export interface Pending {
  clientId: string;
  /** Whose words these are: they are never anybody else's, whoever is signed in by then. */
  accountId: string;
  roomId: string;
  body: string;
  writtenAt: string;
  /** `sent`: it is written; its frame is on the way. */
  state: "sending" | "sent" | "failed";
  /** Why it failed. */
  code: string | null;
  /** Its number in the room, once that is known. */
  number: number | null;
}

type Send = (command: Command, clientId: string) => Promise<Ack>;
const NONE: readonly Pending[] = [];

export class Outbox {
  readonly pending = new Signal<ReadonlyMap<string, readonly Pending[]>>(new Map());
  readonly #failures = new Set<(one: Pending) => void>();

  constructor(
    readonly send: Send,
    /** Words that were not sent when the session ended go back to where they were written. */
    readonly giveBack: (one: Pending) => void,
  ) {}

  of(roomId: string): readonly Pending[] {
    return this.pending.get().get(roomId) ?? NONE;
  }

  /** Whether closing the page would lose something. */
  holdsUnsent(): boolean {
    return [...this.pending.get().values()].flat().some(({ state }) => state !== "sent");
  }

  /** Hears of what was not sent. */
  onFailure(listener: (one: Pending) => void): () => void {
    this.#failures.add(listener);
    return () => this.#failures.delete(listener);
  }

  post(accountId: string, roomId: string, body: string): void {
    const one: Pending = {
      clientId: crypto.randomUUID(),
      accountId,
      roomId,
      body,
      writtenAt: new Date().toISOString(),
      state: "sending",
      code: null,
      number: null,
    };
    this.#set(roomId, [...this.of(roomId), one]);
    void this.#send(one);
  }

  /** With the same id, so that it is not written twice if it was written after all. */
  retry(one: Pending): void {
    if (!this.#holds(one)) return;
    const reused = one.code === "client_id_reused";
    const clientId = reused ? crypto.randomUUID() : one.clientId;
    const again: Pending = { ...one, clientId, state: "sending", code: null };
    this.#set(
      one.roomId,
      this.of(one.roomId).map((had) => (had.clientId === one.clientId ? again : had)),
    );
    void this.#send(again);
  }

  discard({ roomId, clientId }: Pending): void {
    this.#remove(roomId, (one) => one.clientId === clientId);
  }

  /** The feed has it now. */
  arrived({ room_id, client_id }: MessagePosted): void {
    if (client_id !== undefined) this.#remove(room_id, (one) => one.clientId === client_id);
  }

  /** What is fetched anew has what was written before. */
  reset(): void {
    for (const roomId of this.pending.get().keys()) {
      this.#remove(roomId, ({ state }) => state === "sent");
    }
  }

  /**
   * The session of whoever wrote is over. Nothing may be left for the next one at this page to
   * see, or to send as their own.
   */
  end(): void {
    const unsent = [...this.pending.get().values()].flat().filter(({ state }) => state !== "sent");
    this.pending.set(new Map());
    for (const one of unsent) this.giveBack(one);
  }

  async #send(one: Pending): Promise<void> {
    try {
      const { sequence } = await this.send(
        { type: "post_message", room_id: one.roomId, body: one.body },
        one.clientId,
      );
      this.#change(one, { state: "sent", number: sequence });
    } catch (error) {
      // It was given back already, with everything else.
      if (!this.#holds(one)) return;
      const code = error instanceof LiveError ? error.code : "unknown";
      if (code === "signed_out") {
        this.discard(one);
        this.giveBack(one);
      } else this.#failed(one, code);
    }
  }

  #failed(one: Pending, code: string): void {
    this.#change(one, { state: "failed", code });
    for (const listener of this.#failures) listener(one);
  }

  #holds({ roomId, clientId }: Pending): boolean {
    return this.of(roomId).some((one) => one.clientId === clientId);
  }

  #change({ roomId, clientId }: Pending, change: Partial<Pending>): void {
    this.#set(
      roomId,
      this.of(roomId).map((one) => (one.clientId === clientId ? { ...one, ...change } : one)),
    );
  }

  #remove(roomId: string, goes: (one: Pending) => boolean): void {
    const had = this.of(roomId);
    const left = had.filter((one) => !goes(one));
    if (left.length < had.length) this.#set(roomId, left);
  }

  #set(roomId: string, of: readonly Pending[]): void {
    const next = new Map(this.pending.get());
    if (of.length === 0) next.delete(roomId);
    else next.set(roomId, of);
    this.pending.set(next);
  }
}
