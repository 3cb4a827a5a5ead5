import { expect, test } from "vitest";
import type { FieldChange } from "~/api/schema";
import { stepsOf } from "./fieldSteps";

function change(position: number, at: string, after: string, reason: string | null): FieldChange {
  return {
    position,
    version: position,
    field: "treatment_plan",
    by: "d",
    by_name: "Dr. Ines Adler",
    at,
    before: null,
    after: { open: after },
    reason: reason === null ? null : { open: reason },
  };
}

test("one go of writing is one step, an amendment is always one of its own", () => {
  const steps = stepsOf([
    change(1, "2027-03-01T09:00:00Z", "Re", null),
    change(2, "2027-03-01T09:01:00Z", "Rest", null),
    change(3, "2027-03-01T11:00:00Z", "Rest, tea", null),
    change(4, "2027-03-01T11:01:00Z", "Rest, much tea", "Forgot how much"),
  ]).get("treatment_plan");
  expect(steps?.map(({ position, saves }) => [position, saves])).toEqual([
    [4, 1],
    [3, 1],
    [1, 2],
  ]);
  expect(steps?.[2]).toMatchObject({ before: null, after: { open: "Rest" } });
});
