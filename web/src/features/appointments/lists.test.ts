import { expect, test } from "vitest";
import { asked, belongs } from "~/features/appointments/lists";

const now = new Date("2026-03-02T10:00:00Z");
const one = (starts_at: string, ends_at: string, status = "scheduled") => ({
  starts_at,
  ends_at,
  status,
});

test("what is going on is still to come, not past", () => {
  const going = one("2026-03-02T09:45:00Z", "2026-03-02T10:15:00Z");
  expect(belongs("upcoming", going, now)).toBe(true);
  expect(belongs("past", going, now)).toBe(false);
  expect(Date.parse(asked("upcoming", now).from ?? "")).toBeLessThan(Date.parse(going.starts_at));
});

test("what is over is past, unless it was called off", () => {
  const over = one("2026-03-02T09:00:00Z", "2026-03-02T10:00:00Z");
  expect(belongs("upcoming", over, now)).toBe(false);
  expect(belongs("past", over, now)).toBe(true);
  expect(belongs("past", { ...over, status: "cancelled" }, now)).toBe(false);
});
