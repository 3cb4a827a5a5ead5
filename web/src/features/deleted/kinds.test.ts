import { describe, expect, test } from "vitest";
import {
  asDays,
  asKind,
  asPerson,
  messageNumberIn,
  periodOf,
  roomIdIn,
} from "~/features/deleted/kinds";

const ID = "01980b5e-0a4c-7d3e-9c61-2f0d5a7b8e94";

describe("what is asked for", () => {
  test("is a kind that there is, and an id", () => {
    expect(asKind("message")).toEqual({ kind: "message" });
    expect(asKind("room")).toEqual({});
    expect(asPerson(ID)).toEqual({ person: ID });
    expect(asPerson("paula")).toEqual({});
  });

  test("is a stretch of days, the first before the last", () => {
    expect(asDays("2026-03-01", "2026-03-01")).toEqual({ from: "2026-03-01", until: "2026-03-01" });
    expect(asDays("2026-03-02", "2026-03-01")).toEqual({ from: "2026-03-02" });
    expect(asDays("2026-02-30", "tomorrow")).toEqual({});
    const { from = "", to = "" } = periodOf({ from: "2026-03-01", until: "2026-03-02" });
    expect(Date.parse(to) - Date.parse(from)).toBe(2 * 86_400_000);
    expect(periodOf({})).toEqual({});
  });

  test("is found in the address of a conversation's page", () => {
    expect(roomIdIn(`https://hospital.example/chat/${ID.toUpperCase()}?at=4`)).toBe(ID);
    expect(roomIdIn("Dr. Adler")).toBeNull();
  });

  test("is found in the reference to a message", () => {
    const reference = `https://hospital.example/messages/${ID}#42 `;
    expect(roomIdIn(reference)).toBe(ID);
    expect(messageNumberIn(reference)).toBe(42);
    expect(messageNumberIn(`https://hospital.example/messages/${ID}`)).toBeNull();
    expect(messageNumberIn("#42 or so")).toBeNull();
    // Of two references the conversation of one must not go with the number of the other.
    expect(roomIdIn(`${reference}${reference}`)).toBeNull();
    expect(messageNumberIn(`${reference}${reference}`)).toBeNull();
  });
});
