import { expect, test } from "vitest";
import type { Appointment } from "~/api/schema";
import { place } from "./lanes";

function at(from: string, to: string): Appointment {
  const moment = (time: string) => new Date(`2027-03-01T${time}`).toISOString();
  return { starts_at: moment(from), ends_at: moment(to) } as Appointment;
}

test("what overlaps stands abreast, what does not takes the whole width", () => {
  const placed = place([
    at("09:00", "10:00"),
    at("09:30", "10:30"),
    at("10:00", "10:30"),
    at("11:00", "11:30"),
  ]);
  expect(placed.map(({ lane, lanes }) => [lane, lanes])).toEqual([
    [0, 2],
    [1, 2],
    [0, 2],
    [0, 1],
  ]);
});
