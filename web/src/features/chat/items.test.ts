import { expect, test } from "vitest";
import type { Message, Messages } from "~/api/schema";
import type { Pending } from "~/live/outbox";
import { itemsOf } from "./items";

const dayOf = (at: string) => at.slice(0, 10);
const OPTIONS = { me: "me", newFrom: null, dayOf };

function message(number: number, author_id: string, posted_at: string): Message {
  return {
    number,
    author_id,
    posted_at,
    body: "words",
    version: number,
    edits: 0,
    edited_at: null,
    retracted: false,
    hidden: false,
    reactions: [],
  };
}

function all(...messages: Message[]): Messages {
  return { messages, more_before: false, more_after: false };
}

const written: Pending = {
  clientId: "c1",
  accountId: "me",
  roomId: "r",
  body: "words",
  writtenAt: "2026-05-05T09:00:00Z",
  state: "sending",
  code: null,
  number: null,
};

const loaded = all(
  message(2, "me", "2026-05-04T09:00:00Z"),
  message(3, "me", "2026-05-04T09:01:00Z"),
  message(5, "you", "2026-05-05T09:00:00Z"),
);

test("each day begins with its name, and words of one person belong together", () => {
  const items = itemsOf(loaded, [], OPTIONS);
  expect(items.map(({ key }) => key)).toEqual(["day 2", 2, 3, "day 5", 5]);
  expect(items.flatMap((item) => (item.kind === "message" ? [item.goesOn] : []))).toEqual([
    true,
    false,
    false,
  ]);
});

test("what is loaded before or stands above changes nothing about what is there", () => {
  const [, ...rest] = loaded.messages;
  const less = itemsOf({ ...loaded, messages: rest, more_before: true }, [], OPTIONS);
  const more = itemsOf(loaded, [], OPTIONS);
  expect(more.slice(-less.length)).toEqual(less);
  const divided = itemsOf(
    all(message(2, "me", "2026-05-04T09:00:00Z"), message(3, "you", "2026-05-04T09:00:30Z")),
    [],
    { ...OPTIONS, newFrom: 3 },
  );
  expect(divided.map((item) => "goesOn" in item && item.goesOn)).toEqual([
    false,
    false,
    false,
    false,
  ]);
});

test("while there is more before, nothing stands above the first message", () => {
  const [first] = itemsOf({ ...loaded, more_before: true }, [], OPTIONS);
  expect(first?.key).toBe(2);
});

test("what is new begins with the first words of the other one", () => {
  const items = itemsOf(loaded, [], { ...OPTIONS, newFrom: 3 });
  expect(items.map(({ key }) => key)).toEqual(["day 2", 2, 3, "day 5", "unread", 5]);
});

test("what is on its way stands at the end, once", () => {
  const at = (number: number | null) => ({ ...written, number });
  const keys = (pending: Pending, of = loaded) =>
    itemsOf(of, [pending], OPTIONS).map(({ key }) => key);
  expect(keys(at(null)).at(-1)).toBe("c1");
  expect(keys(at(6)).at(-1)).toBe("c1");
  expect(keys(at(5)).at(-1)).toBe(5);
  expect(keys(at(null), { ...loaded, more_after: true }).at(-1)).toBe(5);
});
