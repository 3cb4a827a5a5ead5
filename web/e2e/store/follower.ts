/** A client without a page: the same store over the real API, read by polling. */
import { QueryClient, type QueryKey, QueryObserver } from "@tanstack/react-query";
import { keys } from "~/api/keys";
import type { EventsPage, Message, Messages, Room, Rooms } from "~/api/schema";
import { Store } from "~/live/apply/store";
import type { ServerFrame } from "~/live/frames";
import type { Caller } from "../support/people";

/** What somebody looks at. `fetch` asks the server and nobody else. */
interface Look {
  key: QueryKey;
  fetch: () => Promise<unknown>;
  /** Rooms and messages are kept by their frames; the rest is fetched again. */
  kept?: "rooms" | "room" | { messagesOf: string };
}

export class Follower {
  readonly client = new QueryClient({
    defaultOptions: { queries: { retry: 2, retryDelay: 50, staleTime: Number.POSITIVE_INFINITY } },
  });
  readonly store: Store;
  readonly kinds = new Set<string>();
  readonly #looks: Look[] = [];
  /** Where it stood after each frame, so that a test can send it back. */
  readonly #stood: string[] = [];
  #cursor = "";

  constructor(
    readonly name: string,
    readonly caller: Caller,
  ) {
    const source = {
      room: (id: string) => this.#orNothing<Room>(`/api/rooms/${id}`),
      message: (id: string, number: number) =>
        this.#orNothing<Message>(`/api/rooms/${id}/messages/${number}`),
    };
    this.store = new Store(this.client, source, caller.accountId, 5);
  }

  async begin(): Promise<void> {
    this.#moveTo((await this.caller.call<EventsPage>("GET", "/api/events")).cursor);
  }

  get<T>(path: string): Promise<T> {
    return this.caller.call<T>("GET", path, undefined, { "anamnesis-cursor": this.#cursor });
  }

  post<T>(path: string, body: unknown): Promise<T> {
    return this.caller.call<T>("POST", path, body, { "anamnesis-cursor": this.#cursor });
  }

  /** Begins to show something, as a page does that is opened. */
  async look(look: Look): Promise<void> {
    if (this.#looks.some(({ key }) => String(key) === String(look.key))) return;
    this.#looks.push(look);
    const observer = new QueryObserver(this.client, {
      queryKey: look.key,
      queryFn: () => this.#through(look),
    });
    observer.subscribe(() => undefined);
    await observer.fetchOptimistic(observer.options as never);
  }

  lookAtRooms(): Promise<void> {
    return this.look({
      key: keys.roomList,
      fetch: () => this.get<Rooms>("/api/rooms?limit=100"),
      kept: "rooms",
    });
  }

  async lookAtRoom(roomId: string): Promise<void> {
    await this.look({
      key: keys.room(roomId),
      fetch: () => this.get<Room>(`/api/rooms/${roomId}`),
      kept: "room",
    });
    await this.look({
      key: keys.messages(roomId),
      fetch: () => this.get<Messages>(`/api/rooms/${roomId}/messages?limit=200`),
      kept: { messagesOf: roomId },
    });
  }

  /** What was missed since the cursor, as one answer. */
  async poll(wait = 0): Promise<ServerFrame[]> {
    const query = `after=${encodeURIComponent(this.#cursor)}${wait > 0 ? `&wait=${wait}` : ""}`;
    const page = await this.caller.call<EventsPage>("GET", `/api/events?${query}`);
    if (page.reset) {
      this.store.reset();
      this.#moveTo(page.cursor);
    }
    return page.frames as unknown as ServerFrame[];
  }

  /** Deals with a frame, and stands after it. */
  take(frame: ServerFrame): void {
    this.kinds.add(frame.type);
    // What the frame makes it fetch must not be older than the frame.
    if ("cursor" in frame && typeof frame.cursor === "string") this.#moveTo(frame.cursor);
    this.store.apply(frame);
  }

  /** As a client that lost what it had dealt with last: it gets the same once more. */
  goBack(steps: number): void {
    const at = Math.max(0, this.#stood.length - 1 - steps);
    this.#cursor = this.#stood[at] ?? this.#cursor;
  }

  /** Takes everything there is, and waits for what that made it fetch. */
  async catchUp(): Promise<void> {
    for (;;) {
      const frames = await this.poll();
      if (frames.length === 0) break;
      for (const frame of frames) this.take(frame);
    }
    await this.store.settled();
  }

  /** Waits for a frame of this kind, as long as the test has time, and takes it. */
  async hear(kind: string): Promise<void> {
    while (!this.kinds.has(kind)) {
      for (const frame of await this.poll(5)) this.take(frame);
    }
  }

  /** What the cache has, and what a fresh fetch gives, of everything that is looked at. */
  async both(): Promise<{ had: unknown; fresh: unknown; key: string }[]> {
    return Promise.all(
      this.#looks.map(async ({ key, fetch }) => ({
        key: `${this.name} ${JSON.stringify(key)}`,
        had: plain(this.client.getQueryData(key)),
        fresh: plain(await fetch()),
      })),
    );
  }

  #through({ kept, fetch }: Look): Promise<unknown> {
    if (kept === "rooms") return this.store.fetchRooms(fetch as () => Promise<Rooms>);
    if (kept === "room") return this.store.fetchRoom(fetch as () => Promise<Room>);
    if (kept === undefined) return fetch();
    return this.store.fetchMessages(kept.messagesOf, fetch as () => Promise<Messages>);
  }

  #moveTo(cursor: string): void {
    this.#cursor = cursor;
    this.#stood.push(cursor);
  }

  async #orNothing<T>(path: string): Promise<T | null> {
    try {
      return await this.get<T>(path);
    } catch (error) {
      if (String(error).includes(": 404 ")) return null;
      throw error;
    }
  }
}

/**
 * Without what no frame promises: where a room's state stands, who is connected right now, and
 * the order of a set.
 */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value ?? null), (key, part) => {
    if (key === "online") return undefined;
    if (key === "reactions" && Array.isArray(part)) {
      return part.map((one) => `${one.by} ${one.reaction}`).sort();
    }
    const isRoom = typeof part === "object" && part !== null && "receipts" in part;
    return isRoom ? { ...part, cursor: undefined } : part;
  });
}
