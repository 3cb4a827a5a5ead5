import { describe, expect, test } from "vitest";
import type { AsOf, MessageThen } from "~/api/schema";
import { changesOf, messageChanges } from "./changes";
import type { Facts } from "./facts";

const facts = (record: Record<string, string>): Facts => ({
  record: Object.entries(record).map(([key, value]) => ({ key, label: key, value })),
  people: [],
  readers: [],
  grants: [],
});

const message = (number: number, more: Partial<MessageThen> = {}): MessageThen => ({
  number,
  author_id: "a",
  posted_at: "2026-01-01T00:00:00Z",
  position: number,
  body: "sealed",
  version: number,
  edits: 0,
  edited_at: null,
  retracted: null,
  hidden: false,
  reactions: [],
  ...more,
});

const room = (...messages: MessageThen[]): AsOf => ({
  position: 1,
  recorded_at: "2026-01-01T00:00:00Z",
  record: {
    room_id: "r",
    patient_id: "p",
    doctor_id: "d",
    opened_at: "2026-01-01T00:00:00Z",
    last_activity_at: "2026-01-01T00:00:00Z",
    closed: false,
    receipts: { patient: { delivered: 0, read: 0 }, doctor: { delivered: 0, read: 0 } },
    unread: { patient: 0, doctor: 0 },
    messages,
    more_before: false,
    more_after: false,
  },
  deleted: null,
  people: [],
  grants: [],
  readers: [],
  readers_next: null,
});

describe("what changed between two moments", () => {
  test("says what is other, what is new and what is gone", () => {
    const before = facts({ state: "open", time: "nine", reason: "sealed" });
    const now = facts({ state: "open", time: "ten", deleted: "by Paula" });
    expect(changesOf(before, now)).toEqual([
      { key: "time", label: "time", before: "nine", now: "ten" },
      { key: "deleted", label: "deleted", before: null, now: "by Paula" },
      { key: "reason", label: "reason", before: "sealed", now: null },
    ]);
  });

  test("nothing is marked where it begins, nor where nothing changed", () => {
    const now = facts({ state: "open" });
    expect(changesOf(null, now)).toEqual([]);
    expect(changesOf(now, now)).toEqual([]);
  });

  test("each message says what became of it", () => {
    const by = { by: "a", at: "2026-01-01T00:00:00Z", position: 9 };
    const before = room(message(5), message(6), message(7, { hidden: true }), message(8));
    const now = room(
      message(5, { retracted: by, body: null }),
      message(6, { edits: 1, reactions: [{ by: "a", reaction: "thanks" }] }),
      message(7),
      message(8),
      message(9),
    );
    expect([...messageChanges(before, now)]).toEqual([
      [5, ["taken_back"]],
      [6, ["edited", "reactions"]],
      [7, ["shown_again"]],
      [9, ["new"]],
    ]);
  });

  test("an older message that was on another page is not new", () => {
    const changes = messageChanges(room(message(5)), room(message(4), message(5)));
    expect([...changes]).toEqual([]);
  });
});
