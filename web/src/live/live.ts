/**
 * The live feed of this page: one socket, and what comes over it in the cache. The rest of the
 * page asks here for what it wants done, and reads the cache.
 */
import type { QueryClient } from "@tanstack/react-query";
import { api, atLeastAsNewAs, ok } from "~/api/client";
import { ApiError } from "~/api/errors";
import { keys } from "~/api/keys";
import type { Room } from "~/api/schema";
import { queryClient } from "~/app/queryClient";
import { type Source, Store } from "~/live/apply/store";
import {
  type Ack,
  type Command,
  cursorOf,
  type MessagePosted,
  type MessageWithdrawn,
  type ServerFrame,
} from "~/live/frames";
import { Marks } from "~/live/marks";
import { Outbox, type Pending } from "~/live/outbox";
import { Signal } from "~/live/signal";
import { type Connection, type Line, LiveSocket } from "~/live/socket";
import { TypingNow } from "~/live/typing";
import { keepDraft, readDraft } from "~/session/drafts";
import { session } from "~/session/session";

type Listener<T> = (news: T) => void;

class Live {
  readonly connection = new Signal<Connection>({ status: "off" });
  readonly typing = new TypingNow();
  readonly outbox: Outbox;
  /** The conversation that is on the screen. */
  readonly openRoom = new Signal<string | null>(null);
  readonly #socket: LiveSocket;
  readonly #arrivals = new Set<Listener<MessagePosted>>();
  readonly #withdrawals = new Set<Listener<MessageWithdrawn | null>>();
  #marks: Marks;
  #store: Store | null = null;

  constructor(readonly client: QueryClient) {
    this.#socket = new LiveSocket({
      ticket: async () => (await ok(api.POST("/api/auth/tickets"))).ticket,
      open: (protocols) => lineTo(protocols),
      online: () => navigator.onLine,
      onFrame: (frame) => this.#hear(frame),
      onReset: (cursor) => this.#reset(cursor),
      onConnection: (connection) => this.connection.set(connection),
      onRevoked: () => session.expired(),
    });
    this.outbox = new Outbox(this.command, giveBack);
    this.#marks = new Marks(this.command);
  }

  /** While this runs, the page is told. Gives the way to end it. */
  follow(): () => void {
    const retry = () => this.#socket.retryNow();
    const lost = () => this.#socket.lost();
    const seen = () => document.visibilityState === "visible" && retry();
    const warn = (event: BeforeUnloadEvent) => this.outbox.holdsUnsent() && event.preventDefault();
    window.addEventListener("online", retry);
    window.addEventListener("offline", lost);
    document.addEventListener("visibilitychange", seen);
    window.addEventListener("beforeunload", warn);
    this.#marks = new Marks(this.command);
    this.#socket.start();
    return () => {
      window.removeEventListener("online", retry);
      window.removeEventListener("offline", lost);
      document.removeEventListener("visibilitychange", seen);
      window.removeEventListener("beforeunload", warn);
      this.#socket.stop();
      this.outbox.end();
      atLeastAsNewAs(null);
    };
  }

  /** What frames do to the cache, for whoever is signed in. */
  store(): Store {
    const me = ownId();
    if (this.#store?.me !== me) this.#store = new Store(this.client, source, me);
    return this.#store;
  }

  /** Carried out once, also if the line is lost on the way. Throws a `LiveError`. */
  readonly command = (command: Command, clientId: string = crypto.randomUUID()): Promise<Ack> =>
    this.#socket.command(command, clientId);

  /** Tells the other one of a room that somebody types. */
  type(roomId: string): void {
    this.#socket.typing(roomId);
  }

  read(roomId: string, through: number): void {
    this.#marks.set("mark_read", roomId, through);
  }

  delivered(roomId: string, through: number): void {
    this.#marks.set("mark_delivered", roomId, through);
  }

  /** Hears of messages of others as they come. */
  onArrival(listener: Listener<MessagePosted>): () => void {
    this.#arrivals.add(listener);
    return () => this.#arrivals.delete(listener);
  }

  /** Hears whose words are gone, as they go; null where it is not known what was missed. */
  onWithdrawal(listener: Listener<MessageWithdrawn | null>): () => void {
    this.#withdrawals.add(listener);
    return () => this.#withdrawals.delete(listener);
  }

  #hear(frame: ServerFrame): void {
    const cursor = cursorOf(frame);
    if (cursor !== null) atLeastAsNewAs(cursor);
    if (frame.type === "typing") this.typing.heard(frame);
    this.store().apply(frame);
    if (frame.type === "message_posted") this.#posted(frame);
    if (frame.type === "message_hidden" || frame.type === "message_retracted") {
      this.#withdrawn(frame);
    }
  }

  #posted(frame: MessagePosted): void {
    if (frame.author_id === ownId()) {
      this.outbox.arrived(frame);
      return;
    }
    this.typing.stopped(frame.room_id);
    this.delivered(frame.room_id, frame.number);
    for (const listener of this.#arrivals) listener(frame);
  }

  #withdrawn(frame: MessageWithdrawn | null): void {
    for (const listener of this.#withdrawals) listener(frame);
  }

  #reset(cursor: string): void {
    atLeastAsNewAs(cursor);
    this.outbox.reset();
    this.store().reset();
    this.#withdrawn(null);
  }
}

/** Null: there is no such room any more, or not for this account. */
const source: Source = {
  room: (room_id) =>
    orNothing(ok(api.GET("/api/rooms/{room_id}", { params: { path: { room_id } } }))),
  message: (room_id, number) =>
    orNothing(
      ok(
        api.GET("/api/rooms/{room_id}/messages/{number}", {
          params: { path: { room_id, number } },
        }),
      ),
    ),
};

async function orNothing<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null;
    throw error;
  }
}

function ownId(): string {
  const state = session.state();
  return state.status === "signed_in" ? state.accountId : "";
}

/** Unsent words are their author's draft again, behind what they have begun to write since. */
function giveBack({ accountId, roomId, body }: Pending): void {
  const about = draftOf(roomId);
  const had = readDraft(accountId, about);
  keepDraft(accountId, about, had === "" ? body : `${had}\n\n${body}`);
}

/** Under which name the unsent words for a room are kept. */
export function draftOf(roomId: string): string {
  return `message ${roomId}`;
}

function lineTo(protocols: string[]): Line {
  const url = `${window.location.origin.replace(/^http/, "ws")}/ws/chat`;
  const socket = new WebSocket(url, protocols);
  const line: Line = {
    onopen: null,
    onmessage: null,
    onclose: null,
    send: (text) => socket.send(text),
    close: () => socket.close(),
  };
  socket.onopen = () => line.onopen?.();
  socket.onmessage = ({ data }) => line.onmessage?.({ data });
  socket.onclose = ({ code }) => line.onclose?.({ code });
  return line;
}

/** A room as the cache has it, however it came there. */
export function cachedRoom(client: QueryClient, roomId: string): Room | undefined {
  const alone = client.getQueryData<Room>(keys.room(roomId));
  if (alone !== undefined) return alone;
  const lists = client.getQueriesData<{ rooms: Room[] }>({ queryKey: keys.roomLists });
  return lists.flatMap(([, list]) => list?.rooms ?? []).find((room) => room.room_id === roomId);
}

/** One per page. */
export const live = new Live(queryClient);
