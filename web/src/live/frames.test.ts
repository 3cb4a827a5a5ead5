// @vitest-environment node
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { outOfDate } from "~/live/apply/outOfDate";
import { cursorOf, parseFrame, type ServerFrame } from "~/live/frames";

/** All keys of all frames of one type; the compiler holds this list to the types. */
type KeysOf<F> = F extends unknown ? keyof F : never;
type Table = {
  [T in ServerFrame["type"]]: {
    [K in Exclude<KeysOf<Extract<ServerFrame, { type: T }>>, "type">]: true;
  };
};

const room = { cursor: true, room_id: true } as const;
const message = { ...room, number: true } as const;
const appointment = { cursor: true, appointment_id: true, version: true } as const;
const consultation = { cursor: true, consultation_id: true, version: true } as const;
const account = { cursor: true, account_id: true, version: true } as const;
const by = { by: true } as const;
const people = { patient_id: true, doctor_id: true } as const;
const time = { starts_at: true, ends_at: true, zone: true } as const;
const welcome = { account_id: true, cursor: true } as const;

const KEYS: Table = {
  room_opened: { ...room, ...people },
  message_posted: { ...message, author_id: true, body: true, posted_at: true, client_id: true },
  message_edited: { ...message, version: true, body: true, edited_at: true },
  message_retracted: message,
  message_restored: message,
  message_hidden: { ...message, author_id: true },
  hidden_message_decided: { ...message, author_id: true, decision: true },
  reaction_added: { ...message, ...by, reaction: true },
  reaction_removed: { ...message, ...by, reaction: true },
  messages_delivered: { ...room, ...by, through: true },
  messages_read: { ...room, ...by, through: true },
  room_closed: { ...room, ...by },
  room_reopened: { ...room, ...by },
  unreadable: { ...room, ...consultation },
  consultation_opened: { ...consultation, ...people, appointment_id: true },
  consultation_saved: { ...consultation, saved_at: true },
  consultation_signed: { ...consultation, signed_at: true },
  consultation_amended: { ...consultation, amended_at: true },
  correction_requested: { ...consultation, number: true, requested_at: true },
  correction_accepted: { ...consultation, number: true, amendment: true, answered_at: true },
  correction_declined: { ...consultation, number: true, answered_at: true },
  consultation_deleted: consultation,
  consultation_restored: consultation,
  review_due: { ...consultation, on: true },
  appointment_booked: {
    ...appointment,
    ...people,
    ...time,
    room_id: true,
    reason: true,
    booked_at: true,
  },
  appointment_rescheduled: { ...appointment, ...by, ...time },
  appointment_cancelled: { ...appointment, ...by, reason: true },
  appointment_completed: { ...appointment, ...by },
  appointment_no_show: { ...appointment, ...by },
  appointment_deleted: { ...appointment, ...by },
  appointment_restored: { ...appointment, ...by },
  appointment_unreadable: appointment,
  account_registered: account,
  account_requested: { ...account, requested_role: true },
  account_approved: { ...account, ...by, role: true },
  account_refused: { ...account, ...by },
  account_role_changed: { ...account, ...by, role: true },
  account_deactivated: { ...account, ...by },
  account_restored: { ...account, ...by },
  account_profile_changed: account,
  account_specialty_changed: { ...account, specialty: true },
  account_availability_changed: { ...account, availability: true },
  account_unreadable: account,
  record_opened: { cursor: true, grant_id: true, officer_id: true, expires_at: true, at: true },
  notices_seen: { cursor: true, through: true },
  typing: { room_id: true, by: true },
  presence: { account_id: true, online: true },
  welcome,
  reset: welcome,
  ack: { client_id: true, sequence: true, cursor: true, recorded_at: true, replayed: true },
  error: { client_id: true, code: true, message: true, request_id: true },
  bye: { code: true },
};

const page = readFileSync(new URL("../../../docs/PROTOCOL.md", import.meta.url), "utf8");
const examples = [...page.matchAll(/<!-- server: (\w+) -->\n```json\n([\s\S]*?)\n```/g)].map(
  ([, type = "", text = ""]) => ({ type, text }),
);

test.each(examples)("the example of $type is a frame that this client knows", ({ type, text }) => {
  const frame = parseFrame(text);
  expect(frame?.type).toBe(type);
  const known = Object.keys(KEYS[type as keyof Table]);
  const { type: _, ...rest } = frame ?? { type: "" };
  expect(known).toEqual(expect.arrayContaining(Object.keys(rest)));
});

test("every frame that this client knows has an example, with all its keys between them", () => {
  const shown = new Map<string, Set<string>>();
  for (const { type, text } of examples) {
    const keys = shown.get(type) ?? new Set();
    for (const key of Object.keys(JSON.parse(text))) if (key !== "type") keys.add(key);
    shown.set(type, keys);
  }
  const described = Object.fromEntries([...shown].map(([type, keys]) => [type, [...keys].sort()]));
  const known = Object.entries(KEYS).map(([type, keys]) => [type, Object.keys(keys).sort()]);
  expect(described).toEqual(Object.fromEntries(known));
});

test("a frame of an unknown kind changes nothing, and moves the client on", () => {
  const frame = parseFrame('{"type": "tea_served", "cursor": "epoch.7"}');
  if (frame === null) throw new Error("it is a frame");
  expect(outOfDate(frame)).toEqual([]);
  expect(cursorOf(frame)).toBe("epoch.7");
});

test("what is no frame is none", () => {
  expect(parseFrame("tea")).toBeNull();
  expect(parseFrame("7")).toBeNull();
});
