/**
 * What each frame does to the cache, which is all that this page knows of the server. It needs
 * neither a window nor React, so that a test can hold it against the real server: whatever
 * happens, what was there plus the frames is what a fresh fetch gives.
 */
import type { Query, QueryClient, QueryKey } from "@tanstack/react-query";
import { keys } from "~/api/keys";
import type { Message, Messages, Room, Rooms } from "~/api/schema";
import { Journal } from "~/live/apply/journal";
import { messageFetched, messagesAfter, messageToFetch } from "~/live/apply/messages";
import { outOfDate } from "~/live/apply/outOfDate";
import { Repeat } from "~/live/apply/repeat";
import * as rooms from "~/live/apply/rooms";
import type { Presence, RoomFrame, ServerFrame } from "~/live/frames";

/** Where single things are fetched from. Null: there is no such thing any more. */
export interface Source {
  room(roomId: string): Promise<Room | null>;
  message(roomId: string, number: number): Promise<Message | null>;
}

/** Between two fetches of the same, when frames keep coming. */
const REST_MS = 250;

export class Store {
  readonly #journal = new Journal();
  readonly #fetches: Repeat;

  constructor(
    readonly client: QueryClient,
    readonly source: Source,
    readonly me: string,
    restMs = REST_MS,
  ) {
    this.#fetches = new Repeat(restMs);
  }

  apply(frame: ServerFrame): void {
    if (frame.type === "presence") this.#presence(frame);
    else if (isOfRoom(frame)) this.#ofRoom(frame);
    for (const prefix of outOfDate(frame)) this.refresh(prefix);
  }

  /** Everything that was fetched is out of date. */
  reset(): void {
    this.refresh([]);
  }

  /** Fetches again what is shown of this, and the rest when it is shown. */
  refresh(prefix: QueryKey): void {
    void this.#fetches.ask(JSON.stringify(prefix), async () => {
      const first = this.client.getQueryCache().findAll({ queryKey: prefix, predicate: onItsWay });
      await this.client.invalidateQueries({ queryKey: prefix });
      if (first.length === 0) return;
      // A first fetch is not begun anew: it ends, and may have missed what this is about.
      await Promise.allSettled(first.map((query) => query.promise));
      await this.client.invalidateQueries({ queryKey: prefix });
    });
  }

  /** Everything that frames made necessary was fetched. */
  settled(): Promise<void> {
    return this.#fetches.settled();
  }

  /** For the queries of rooms: a fetch, and what came while it was on its way. */
  fetchRooms(fetch: () => Promise<Rooms>): Promise<Rooms> {
    return this.#journal.around(fetch, (value, frame) => {
      if (frame.type === "presence") return rooms.roomsWithPresence(value, frame);
      const after = rooms.roomsAfter(value, frame, this.me);
      if (after.fetch) this.#fetchRoom(frame.room_id);
      return after.value;
    });
  }

  fetchRoom(fetch: () => Promise<Room>): Promise<Room> {
    return this.#journal.around(fetch, (value, frame) => {
      if (frame.type === "presence") return rooms.roomWithPresence(value, frame);
      if (frame.room_id !== value.room_id) return value;
      const after = rooms.roomAfter(value, frame, this.me);
      if (after.fetch) this.#fetchRoom(frame.room_id);
      return after.value;
    });
  }

  fetchMessages(roomId: string, fetch: () => Promise<Messages>): Promise<Messages> {
    return this.#journal.around(fetch, (value, frame) => {
      if (frame.type === "presence" || frame.room_id !== roomId) return value;
      const again = messageToFetch(frame);
      if (again !== null) this.#fetchMessage(roomId, again);
      return messagesAfter(value, frame);
    });
  }

  #ofRoom(frame: RoomFrame): void {
    this.#journal.note(frame);
    let fetch = frame.type === "room_opened";
    this.client.setQueryData<Room>(keys.room(frame.room_id), (had) => {
      if (had === undefined) return had;
      const after = rooms.roomAfter(had, frame, this.me);
      fetch ||= after.fetch;
      return after.value;
    });
    this.client.setQueryData<Rooms>(keys.roomList, (had) => {
      if (had === undefined) return had;
      const after = rooms.roomsAfter(had, frame, this.me);
      fetch ||= after.fetch;
      return after.value;
    });
    this.#inSearches(frame);
    this.client.setQueryData<Messages>(keys.messages(frame.room_id), (had) =>
      had === undefined ? had : messagesAfter(had, frame),
    );
    if (fetch) this.#fetchRoom(frame.room_id);
    const again = messageToFetch(frame);
    if (again !== null) this.#fetchMessage(frame.room_id, again);
  }

  /** Whether a name is one that is looked for, only the server knows. */
  #inSearches(frame: RoomFrame): void {
    let beyond = false;
    this.client.setQueriesData<Rooms>({ queryKey: keys.roomSearches }, (had) => {
      if (had === undefined) return had;
      const after = rooms.roomsAfter(had, frame, this.me);
      const known = had.rooms.some((room) => room.room_id === frame.room_id);
      beyond ||= !known && after.fetch && had.next !== null;
      return after.value;
    });
    if (beyond) this.refresh(keys.roomSearches);
  }

  #presence(frame: Presence): void {
    this.#journal.note(frame);
    this.#eachList((had) => rooms.roomsWithPresence(had, frame));
    for (const query of this.client.getQueryCache().findAll({ queryKey: keys.eachRoom })) {
      this.client.setQueryData<Room>(query.queryKey, (had) =>
        had === undefined ? had : rooms.roomWithPresence(had, frame),
      );
    }
  }

  #eachList(change: (had: Rooms) => Rooms): void {
    this.client.setQueriesData<Rooms>({ queryKey: keys.roomLists }, (had) =>
      had === undefined ? had : change(had),
    );
  }

  #fetchRoom(roomId: string): void {
    void this.#fetches.ask(`room ${roomId}`, async () => {
      const asked = () => this.source.room(roomId);
      const fetched = await this.#journal.around(asked, (value, frame) => {
        if (value === null) return value;
        if (frame.type === "presence") return rooms.roomWithPresence(value, frame);
        if (frame.room_id !== roomId) return value;
        const after = rooms.roomAfter(value, frame, this.me);
        if (after.fetch) this.#fetchRoom(roomId);
        return after.value;
      });
      this.#roomFetched(roomId, fetched);
    });
  }

  #roomFetched(roomId: string, fetched: Room | null): void {
    if (fetched === null) {
      this.#eachList((had) => rooms.roomGone(had, roomId));
      this.client.removeQueries({ queryKey: keys.room(roomId) });
      return;
    }
    this.client.setQueryData<Room>(keys.room(roomId), (had) => (had ? fetched : had));
    let isNew = true;
    this.client.setQueryData<Rooms>(keys.roomList, (had) => {
      if (had === undefined) return had;
      isNew = had.rooms.every((room) => room.room_id !== roomId);
      return rooms.roomFetched(had, fetched);
    });
    const known = (had: Rooms) => had.rooms.some((room) => room.room_id === roomId);
    this.client.setQueriesData<Rooms>({ queryKey: keys.roomSearches }, (had) =>
      had !== undefined && known(had) ? rooms.roomFetched(had, fetched) : had,
    );
    if (isNew) this.refresh(keys.roomSearches);
  }

  #fetchMessage(roomId: string, number: number): void {
    void this.#fetches.ask(`message ${roomId} ${number}`, async () => {
      const asked = async (): Promise<Messages> => {
        const message = await this.source.message(roomId, number);
        const messages = message === null ? [] : [message];
        return { messages, more_before: true, more_after: true };
      };
      const alone = await this.#journal.around(asked, (value, frame) =>
        frame.type === "presence" || frame.room_id !== roomId ? value : messagesAfter(value, frame),
      );
      const message = alone.messages[0];
      if (message === undefined) return;
      this.client.setQueryData<Messages>(keys.messages(roomId), (had) =>
        had === undefined ? had : messageFetched(had, message),
      );
    });
  }
}

function onItsWay(query: Query): boolean {
  return query.state.fetchStatus === "fetching";
}

const OF_ROOM: Record<RoomFrame["type"], true> = {
  room_opened: true,
  message_posted: true,
  message_edited: true,
  message_retracted: true,
  message_restored: true,
  message_hidden: true,
  hidden_message_decided: true,
  reaction_added: true,
  reaction_removed: true,
  messages_delivered: true,
  messages_read: true,
  room_closed: true,
  room_reopened: true,
};

function isOfRoom(frame: ServerFrame): frame is RoomFrame {
  return Object.hasOwn(OF_ROOM, frame.type);
}
