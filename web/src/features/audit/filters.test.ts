import { describe, expect, test } from "vitest";
import { countOf, filtersOf } from "./filters";

const PAULA = "01a2009f-064f-75c0-96b2-9f38e4ee6cd4";

describe("what the trail is searched by", () => {
  test("ids, codes and instants are taken from an address", () => {
    const filters = { person: PAULA, action: "message_posted", outcome: "denied" as const };
    const taken = filtersOf({ ...filters, from: "2026-11-22T00:00:00.000Z" });
    expect(taken).toEqual({ ...filters, from: "2026-11-22T00:00:00.000Z" });
    expect(countOf(taken)).toBe(4);
  });

  test("names, sentences and what nobody asked for are not", () => {
    const taken = filtersOf({
      person: "Paula Moreno",
      action: "What she said",
      outcome: "odd",
      from: "soon",
      diagnosis: "x",
      record: 5,
    });
    expect(taken).toEqual({});
  });
});
