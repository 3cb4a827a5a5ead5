/** What the chat reads. The live feed keeps all of it up to date, so it does not age. */
import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useRef } from "react";
import { api, ok } from "~/api/client";
import { keys } from "~/api/keys";
import type { Messages, Room, Rooms } from "~/api/schema";
import { withNewer, withOlder } from "~/live/apply/messages";
import { receiptsOf, withMore } from "~/live/apply/rooms";
import { cachedRoom, live } from "~/live/live";
import { useMe } from "~/session/useSession";

const ROOMS_PAGE = 50;
/** After a long absence so many are fetched again at once; the rest as somebody scrolls. */
const ROOMS_AGAIN_MAX = 300;
const MESSAGES_PAGE = 60;
const LIVE = { staleTime: Number.POSITIVE_INFINITY } as const;

async function roomsPage(name: string, before: number | null, limit: number): Promise<Rooms> {
  const from = before === null ? {} : { before };
  if (name === "") {
    return ok(api.GET("/api/rooms", { params: { query: { limit, ...from } } }));
  }
  return ok(api.POST("/api/rooms/search", { body: { name, limit, ...from } }));
}

function listKey(name: string) {
  return name === "" ? keys.roomList : [...keys.roomSearches, name];
}

/** The conversations whose other person is named so; all of them, for an empty name. */
export function useRooms(name: string) {
  const client = useQueryClient();
  const key = listKey(name);
  const query = useQuery({
    queryKey: key,
    queryFn: () =>
      live.store().fetchRooms(async () => {
        const had = client.getQueryData<Rooms>(key)?.rooms.length ?? 0;
        const wanted = Math.min(Math.max(had, ROOMS_PAGE), ROOMS_AGAIN_MAX);
        let found = await roomsPage(name, null, Math.min(wanted, 100));
        while (found.rooms.length < wanted && found.next !== null) {
          const asked = found.next ?? 0;
          found = withMore(found, await roomsPage(name, asked, 100), asked);
        }
        return found;
      }),
    ...LIVE,
  });
  const busy = useRef(false);
  const next = query.data?.next ?? null;
  const more = useCallback(async () => {
    if (next === null || busy.current) return;
    busy.current = true;
    try {
      const page = await live.store().fetchRooms(() => roomsPage(name, next, 100));
      client.setQueryData<Rooms>(listKey(name), (had) => had && withMore(had, page, next));
    } finally {
      busy.current = false;
    }
  }, [client, name, next]);
  return { query, more };
}

/** One conversation; from the list, if it is there already. */
export function useRoom(roomId: string) {
  const client = useQueryClient();
  return useQuery({
    queryKey: keys.room(roomId),
    queryFn: () =>
      live
        .store()
        .fetchRoom(() =>
          ok(api.GET("/api/rooms/{room_id}", { params: { path: { room_id: roomId } } })),
        ),
    initialData: () => cachedRoom(client, roomId),
    ...LIVE,
  });
}

type Where = { before: number } | { after: number } | { around: number } | Record<string, never>;

function messagesPage(roomId: string, where: Where): Promise<Messages> {
  const query = { limit: MESSAGES_PAGE, ...where };
  return live
    .store()
    .fetchMessages(roomId, () =>
      ok(
        api.GET("/api/rooms/{room_id}/messages", { params: { path: { room_id: roomId }, query } }),
      ),
    );
}

/** Where the reader is in a conversation, when that is not its end: what is fetched again. */
const places = new Map<string, number>();

export function rememberPlace(roomId: string, number: number | null): void {
  if (number === null) places.delete(roomId);
  else places.set(roomId, number);
}

/** The stretch of a conversation around where one reads: the first unread message, or the end. */
export function useMessages(room: Room | undefined, roomId: string) {
  const { accountId } = useMe();
  return useQuery({
    queryKey: keys.messages(roomId),
    enabled: room !== undefined,
    queryFn: () => {
      const around = places.get(roomId) ?? (room && firstUnread(room, accountId));
      return messagesPage(roomId, around === undefined ? {} : { around });
    },
    ...LIVE,
  });
}

/** After the own read mark, if something was said there. */
export function firstUnread(room: Room, me: string): number | undefined {
  return room.unread > 0 ? receiptsOf(room, me).own.read + 1 : undefined;
}

const onTheirWay = new Set<string>();

async function once(name: string, work: () => Promise<void>): Promise<void> {
  if (onTheirWay.has(name)) return;
  onTheirWay.add(name);
  try {
    await work();
  } finally {
    onTheirWay.delete(name);
  }
}

/** The page before what is loaded. Throws what fetching throws. */
export function loadOlder(client: QueryClient, roomId: string): Promise<void> {
  return once(`older ${roomId}`, async () => {
    const had = client.getQueryData<Messages>(keys.messages(roomId));
    const before = had?.messages[0]?.number;
    if (before === undefined || had?.more_before !== true) return;
    const page = await messagesPage(roomId, { before });
    client.setQueryData<Messages>(
      keys.messages(roomId),
      (now) => now && withOlder(now, page, before),
    );
  });
}

/** The page after what is loaded. */
export function loadNewer(client: QueryClient, roomId: string): Promise<void> {
  return once(`newer ${roomId}`, async () => {
    const had = client.getQueryData<Messages>(keys.messages(roomId));
    const after = had?.messages.at(-1)?.number;
    if (after === undefined || had?.more_after !== true) return;
    const page = await messagesPage(roomId, { after });
    client.setQueryData<Messages>(
      keys.messages(roomId),
      (now) => now && withNewer(now, page, after),
    );
  });
}

/** The end of a conversation, in place of what is loaded. */
export function loadEnd(client: QueryClient, roomId: string): Promise<void> {
  return once(`end ${roomId}`, async () => {
    rememberPlace(roomId, null);
    client.setQueryData<Messages>(keys.messages(roomId), await messagesPage(roomId, {}));
  });
}
