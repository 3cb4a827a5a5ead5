import { describe, expect, test } from "vitest";
import type { Appointment } from "~/api/schema";
import { onDay, outsideOf, spanFaults, spanRow, spansOf } from "./hours";

function at(starts_at: string, ends_at: string): Appointment {
  return { starts_at, ends_at } as Appointment;
}

const RULES = {
  zone: "Europe/Berlin",
  week: [
    { weekday: "monday", from: "09:00", to: "12:00" },
    { weekday: "monday", from: "12:00", to: "13:00" },
  ] as const,
  exceptions: [{ date: "2027-03-08", spans: [{ from: "22:00", to: "24:00" }] }],
};
const rules = { ...RULES, week: [...RULES.week] };

describe("appointments outside of hours", () => {
  test("are seen by the doctor's clocks, over spans that touch", () => {
    const within = at("2027-03-01T10:45:00Z", "2027-03-01T11:15:00Z");
    const early = at("2027-03-01T07:30:00Z", "2027-03-01T08:00:00Z");
    expect(outsideOf(rules, [within, early])).toEqual([early]);
  });

  test("go by the exception of their day, to midnight", () => {
    const usual = at("2027-03-08T09:00:00Z", "2027-03-08T09:30:00Z");
    const late = at("2027-03-08T22:30:00Z", "2027-03-08T23:00:00Z");
    expect(outsideOf(rules, [usual, late])).toEqual([usual]);
  });

  test("belong to the day that the doctor's calendar shows", () => {
    const night = at("2027-03-01T23:30:00Z", "2027-03-01T23:45:00Z");
    expect(onDay([night], "2027-03-02", "Europe/Berlin")).toEqual([night]);
  });
});

describe("spans of a day", () => {
  test("that overlap, end early or are not complete are named", () => {
    const [a, b, c, d] = [
      spanRow("09:00", "12:00"),
      spanRow("11:00", "13:00"),
      spanRow("15:00", "14:00"),
      spanRow("16:00", ""),
    ];
    const faults = spanFaults([a, b, c, d]);
    expect([a, b, c, d].map(({ id }) => faults.get(id))).toEqual([
      "overlaps",
      "overlaps",
      "ends_before",
      "incomplete",
    ]);
  });

  test("may end at midnight", () => {
    const row = spanRow("20:00", "24:00");
    expect(spanFaults([row]).size).toBe(0);
    expect(spansOf([row])).toEqual([{ from: "20:00", to: "24:00" }]);
  });
});
