import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Messages, Reaction, Room, Rooms } from "~/api/schema";
import { messagesAfter, withNewer, withOlder } from "~/live/apply/messages";
import { roomAfter, roomFetched, roomsAfter } from "~/live/apply/rooms";
import type { RoomFrame } from "~/live/frames";

const ME = "patient";
const OTHER = "doctor";
const NOTHING: Messages = { messages: [], more_before: false, more_after: false };
const at = (sequence: number) => `2026-05-04T09:00:00.${String(sequence).padStart(6, "0")}Z`;

function empty(room_id = "r"): Room {
  return {
    room_id,
    patient_id: ME,
    doctor_id: OTHER,
    other: { account_id: OTHER, name: "Dr. Ines Adler", online: false },
    opened_at: at(1),
    last_activity_at: at(1),
    closed: false,
    last_message: null,
    unread: 0,
    receipts: { patient: { delivered: 0, read: 0 }, doctor: { delivered: 0, read: 0 } },
    cursor: "e.1",
  };
}

type Deed = { kind: number; pick: number; who: boolean; which: number };
const deed: fc.Arbitrary<Deed> = fc.record({
  kind: fc.nat(5),
  pick: fc.nat(1_000),
  who: fc.boolean(),
  which: fc.nat(1),
});
const REACTIONS: Reaction[] = ["thanks", "heart"];

/** A log as the server would write it: nothing is done to what can not have it done. */
function logOf(deeds: readonly Deed[]): RoomFrame[] {
  const posted: number[] = [];
  const gone = new Set<number>();
  return deeds.flatMap(({ kind, pick, who, which }, index): RoomFrame[] => {
    const sequence = index + 2;
    const by = who ? ME : OTHER;
    const base = { room_id: "r", cursor: `e.${sequence}` };
    if (kind === 0 || posted.length === 0) {
      posted.push(sequence);
      const body = `words ${sequence}`;
      const posted_at = at(sequence);
      return [
        { ...base, type: "message_posted", number: sequence, author_id: by, body, posted_at },
      ];
    }
    const number = posted[pick % posted.length] ?? 0;
    const of = { ...base, number };
    if (kind === 5) return [{ ...base, type: "messages_read", by, through: number }];
    if (gone.has(number)) return [];
    if (kind === 1) {
      const edited_at = at(sequence);
      return [{ ...of, type: "message_edited", version: sequence, body: "other", edited_at }];
    }
    if (kind === 2) {
      gone.add(number);
      return [{ ...of, type: pick % 2 ? "message_retracted" : "message_hidden", author_id: by }];
    }
    const reaction = REACTIONS[which] ?? "thanks";
    return [{ ...of, type: kind === 3 ? "reaction_added" : "reaction_removed", by, reaction }];
  });
}

const log = fc.array(deed, { maxLength: 60 }).map(logOf);
const apply = (had: Messages, frames: readonly RoomFrame[]) => frames.reduce(messagesAfter, had);
const sorted = (had: Messages) => ({
  ...had,
  messages: had.messages.map((one) => ({
    ...one,
    reactions: one.reactions.map(({ by, reaction }) => `${by} ${reaction}`).sort(),
  })),
});

describe("messages", () => {
  test("what was fetched in the middle, and frames from before it, is all the frames", () => {
    fc.assert(
      fc.property(log, fc.nat(60), fc.nat(60), (frames, fetched, back) => {
        const here = Math.min(fetched, frames.length);
        const from = Math.max(0, here - back);
        const whole = apply(NOTHING, frames);
        const resumed = apply(apply(NOTHING, frames.slice(0, here)), frames.slice(from));
        expect(sorted(resumed)).toEqual(sorted(whole));
      }),
    );
  });

  test("a frame that was applied already changes nothing, not even the object", () => {
    fc.assert(
      fc.property(log, (frames) => {
        const whole = apply(NOTHING, frames);
        const last = frames.at(-1);
        if (last !== undefined) expect(messagesAfter(whole, last)).toEqual(whole);
        for (const frame of frames) {
          if (frame.type === "message_posted") expect(messagesAfter(whole, frame)).toBe(whole);
        }
      }),
    );
  });

  test("numbers rise, without repetition, whatever comes twice", () => {
    fc.assert(
      fc.property(log, fc.nat(60), (frames, back) => {
        const again = frames.slice(Math.max(0, frames.length - back));
        const numbers = apply(NOTHING, [...frames, ...again]).messages.map(({ number }) => number);
        expect(numbers).toEqual([...new Set(numbers)].sort((one, other) => one - other));
      }),
    );
  });

  test("pages are joined where they were asked for, and nowhere else", () => {
    const frames = logOf(
      Array.from({ length: 6 }, () => ({ kind: 0, pick: 0, who: true, which: 0 })),
    );
    const { messages } = apply(NOTHING, frames);
    const end: Messages = { messages: messages.slice(3), more_before: true, more_after: false };
    const older: Messages = {
      messages: messages.slice(0, 3),
      more_before: false,
      more_after: true,
    };
    expect(withOlder(end, older, 5).messages).toEqual(messages);
    expect(withOlder(end, older, 6)).toBe(end);
    expect(withNewer(older, end, 4).messages).toEqual(messages);
    expect(withNewer(older, end, 3)).toBe(older);
  });

  test("what follows a gap is left to those who get there", () => {
    const had: Messages = { ...NOTHING, more_after: true };
    const [frame] = logOf([{ kind: 0, pick: 0, who: true, which: 0 }]);
    if (frame !== undefined) expect(messagesAfter(had, frame)).toBe(had);
  });
});

describe("rooms", () => {
  test("marks and the last message are those of the whole log, also when some comes twice", () => {
    fc.assert(
      fc.property(log, fc.nat(60), (frames, back) => {
        const run = (had: Room, some: readonly RoomFrame[]) =>
          some.reduce((room, frame) => roomAfter(room, frame, ME).value, had);
        const whole = run(empty(), frames);
        const again = run(whole, frames.slice(Math.max(0, frames.length - back)));
        expect(again.receipts).toEqual(whole.receipts);
        expect(again.last_message?.number).toBe(whole.last_message?.number);
        expect(again.last_activity_at).toBe(whole.last_activity_at);
      }),
    );
  });

  test("unread is what a count of the messages gives, or the room is fetched", () => {
    fc.assert(
      fc.property(log, (frames) => {
        let room = empty();
        let sure = true;
        for (const frame of frames) {
          const after = roomAfter(room, frame, ME);
          room = after.value;
          sure &&= !after.fetch;
        }
        const read = room.receipts.patient.read;
        const { messages } = apply(NOTHING, frames);
        const waiting = messages.filter(
          (one) => one.author_id !== ME && one.number > read && !one.retracted && !one.hidden,
        );
        if (sure) expect(room.unread).toBe(waiting.length);
      }),
    );
  });

  test("the room with the latest message is the first, also when it was fetched", () => {
    const list: Rooms = { rooms: [empty("a"), empty("b")], next: null };
    const [posted] = logOf([{ kind: 0, pick: 0, who: false, which: 0 }]);
    if (posted === undefined) throw new Error("something was said");
    const risen = roomsAfter(list, { ...posted, room_id: "b" }, ME);
    expect(risen.value.rooms.map(({ room_id }) => room_id)).toEqual(["b", "a"]);
    expect(roomsAfter(list, { ...posted, room_id: "c" }, ME).fetch).toBe(true);
    const fetched = { ...empty("c"), last_activity_at: at(9) };
    expect(roomFetched(risen.value, fetched).rooms[0]?.room_id).toBe("c");
  });

  test("a room that is older than what was loaded waits for its page", () => {
    const list: Rooms = { rooms: [{ ...empty("a"), last_activity_at: at(9) }], next: 7 };
    expect(roomFetched(list, empty("b"))).toBe(list);
  });
});
