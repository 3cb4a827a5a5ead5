import { describe, expect, test } from "vitest";
import { calendarDay, dayAfter, daysBetween } from "~/i18n/calendarDay";
import { until } from "~/i18n/until";

const now = new Date(2026, 2, 28, 20, 0);
const at = (day: number, hour: number, minute = 0) => new Date(2026, 2, day, hour, minute);

describe("until", () => {
  test.each([
    [at(28, 20, 25), "in 25 minutes"],
    [at(28, 23), "in 3 hours"],
    [at(29, 8), "tomorrow"],
    [at(31, 8), "in 3 days"],
    [new Date(2026, 3, 25, 8), "in 4 weeks"],
    [at(28, 19), "this minute"],
  ])("%s", (then, words) => expect(until("en", then, now)).toBe(words));
});

describe("calendar days", () => {
  test("a day without a time is that day where the reader is", () => {
    expect(calendarDay("2026-03-01").getDate()).toBe(1);
  });

  test("days are counted by the calendar, also where the clocks change", () => {
    const before = new Date(2026, 2, 28, 23, 30);
    expect(daysBetween(before, dayAfter(before, 3))).toBe(3);
    expect(dayAfter(before, 1).getHours()).toBe(0);
  });
});
