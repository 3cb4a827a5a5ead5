import { expect, test } from "vitest";
import { daysOf, partsOf } from "~/features/booking/week";

const slot = (hour: number, minute = 0, day = 2) => {
  const at = (minutes: number) => new Date(2026, 2, day, hour, minute + minutes).toISOString();
  return { starts_at: at(0), ends_at: at(30) };
};

test("times lie on the days of the browser's zone, to the last minute", () => {
  const days = daysOf(new Date(2026, 2, 2), [slot(0), slot(23, 30), slot(0, 0, 3), slot(9, 0, 9)]);
  expect(days).toHaveLength(7);
  expect(days.map(({ slots }) => slots.length)).toEqual([2, 1, 0, 0, 0, 0, 0]);
});

test("a day has the parts in which something is free", () => {
  const parts = partsOf([slot(0), slot(4, 30), slot(11, 30), slot(12), slot(23)]);
  expect(parts.map(({ part, slots }) => [part, slots.length])).toEqual([
    ["night", 2],
    ["morning", 1],
    ["afternoon", 1],
    ["evening", 1],
  ]);
});
