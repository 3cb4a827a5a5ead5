/** What frames do to a room as its list shows it: pure functions, like those of messages. */
import type { LastMessage, Receipt, Room, Rooms } from "~/api/schema";
import type { Marked, MessagePosted, Presence, RoomFrame } from "~/live/frames";

/** At most; it stands for a hundred or more, of which one can not take one away. */
const UNREAD_MAX = 100;

export interface After<T> {
  value: T;
  /** What is known does not suffice: fetch the room. */
  fetch: boolean;
}

export function roomAfter(had: Room, frame: RoomFrame, me: string): After<Room> {
  switch (frame.type) {
    case "message_posted":
      return keep(posted(had, frame, me));
    case "message_edited":
      return keep(withLast(had, frame.number, (last) => ({ ...last, body: frame.body })));
    case "message_retracted": {
      const gone = { body: null, retracted: true };
      const value = withLast(had, frame.number, (last) => ({ ...last, ...gone }));
      return { value, fetch: mayCount(had, frame.number, me) };
    }
    case "message_hidden": {
      const gone = { body: null, retracted: false, hidden: true };
      const value = withLast(had, frame.number, (last) => ({ ...last, ...gone }));
      return { value, fetch: mayCount(had, frame.number, me) };
    }
    case "message_restored":
      return { value: had, fetch: true };
    case "hidden_message_decided":
      return { value: had, fetch: frame.decision === "shown_again" };
    case "messages_delivered":
    case "messages_read":
      return marked(had, frame, me);
    case "room_closed":
    case "room_reopened":
      return keep(closed(had, frame.type === "room_closed"));
    default:
      return keep(had);
  }
}

/** The list with the latest first. `fetch` names a room that belongs there and is not known. */
export function roomsAfter(
  had: Rooms,
  frame: RoomFrame,
  me: string,
): { value: Rooms; fetch: boolean } {
  const at = had.rooms.findIndex((room) => room.room_id === frame.room_id);
  const room = had.rooms[at];
  if (room === undefined) {
    const rises = frame.type === "message_posted" || frame.type === "room_opened";
    return { value: had, fetch: rises };
  }
  const { value, fetch } = roomAfter(room, frame, me);
  if (value === room) return { value: had, fetch };
  const rises = value.last_activity_at !== room.last_activity_at;
  const rooms = rises
    ? [value, ...had.rooms.slice(0, at), ...had.rooms.slice(at + 1)]
    : had.rooms.with(at, value);
  return { value: { ...had, rooms }, fetch };
}

/** A room that was fetched, in its place; in a list of everybody also if it was not there. */
export function roomFetched(had: Rooms, fetched: Room): Rooms {
  const others = had.rooms.filter((room) => room.room_id !== fetched.room_id);
  const before = others.findIndex((room) => !isLater(room.last_activity_at, fetched));
  const at = before === -1 ? others.length : before;
  const known = others.length < had.rooms.length;
  // Older than everything that was loaded: it comes with the pages that were not.
  if (!known && before === -1 && had.next !== null) return had;
  return { ...had, rooms: [...others.slice(0, at), fetched, ...others.slice(at)] };
}

export function roomGone(had: Rooms, roomId: string): Rooms {
  const rooms = had.rooms.filter((room) => room.room_id !== roomId);
  return rooms.length === had.rooms.length ? had : { ...had, rooms };
}

/** The next page; what rose to the top in between is not repeated. */
export function withMore(had: Rooms, more: Rooms, asked: number): Rooms {
  if (had.next !== asked) return had;
  const known = new Set(had.rooms.map((room) => room.room_id));
  const fresh = more.rooms.filter((room) => !known.has(room.room_id));
  return { rooms: [...had.rooms, ...fresh], next: more.next };
}

export function roomWithPresence(had: Room, { account_id, online }: Presence): Room {
  const same = had.other.account_id !== account_id || had.other.online === online;
  return same ? had : { ...had, other: { ...had.other, online } };
}

export function roomsWithPresence(had: Rooms, frame: Presence): Rooms {
  const rooms = had.rooms.map((room) => roomWithPresence(room, frame));
  return rooms.every((room, at) => room === had.rooms[at]) ? had : { ...had, rooms };
}

/** What this account and the other one have got and seen. */
export function receiptsOf(room: Room, me: string): { own: Receipt; other: Receipt } {
  const { patient, doctor } = room.receipts;
  return room.patient_id === me ? { own: patient, other: doctor } : { own: doctor, other: patient };
}

/** Times are in UTC, with as many digits of the second as they need. */
function isLater(time: string, { last_activity_at }: Room): boolean {
  return digits(time) > digits(last_activity_at);
}

function digits(time: string): string {
  const [second = "", fraction = ""] = time.replace("Z", "").split(".");
  return `${second}.${fraction.padEnd(9, "0")}`;
}

function keep(value: Room): After<Room> {
  return { value, fetch: false };
}

function posted(had: Room, frame: MessagePosted, me: string): Room {
  if (frame.number <= (had.last_message?.number ?? 0)) return had;
  const { number, author_id, posted_at, body } = frame;
  const news = author_id === me || frame.number <= receiptsOf(had, me).own.read ? 0 : 1;
  return {
    ...had,
    last_activity_at: posted_at,
    last_message: { number, author_id, posted_at, body, retracted: false, hidden: false },
    unread: Math.min(UNREAD_MAX, had.unread + news),
  };
}

function withLast(had: Room, number: number, change: (last: LastMessage) => LastMessage): Room {
  const last = had.last_message;
  if (last === null || last === undefined || last.number !== number) return had;
  return { ...had, last_message: change(last) };
}

/** Whether a message may be one of those that are counted as unread. */
function mayCount(had: Room, number: number, me: string): boolean {
  return had.unread > 0 && number > receiptsOf(had, me).own.read;
}

function marked(had: Room, { type, by, through }: Marked, me: string): After<Room> {
  const side = by === had.patient_id ? "patient" : "doctor";
  const before = had.receipts[side];
  const delivered = Math.max(before.delivered, through);
  const read = type === "messages_read" ? Math.max(before.read, through) : before.read;
  if (delivered === before.delivered && read === before.read) return keep(had);
  const value = { ...had, receipts: { ...had.receipts, [side]: { delivered, read } } };
  if (by !== me || read === before.read || had.unread === 0) return keep(value);
  if (read >= (had.last_message?.number ?? 0)) return keep({ ...value, unread: 0 });
  return { value, fetch: true };
}

function closed(had: Room, is: boolean): Room {
  return had.closed === is ? had : { ...had, closed: is };
}
