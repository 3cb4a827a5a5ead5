import { expect, test } from "vitest";
import type { ConsultationSummary } from "~/api/schema";
import { reviewsDue } from "./reviews";

function signed(patient_id: string, opened_at: string, review_on: string | null) {
  return { patient_id, opened_at, signed_at: opened_at, review_on } as ConsultationSummary;
}

test("reviews are due until the patient was seen again", () => {
  const seenAgain = signed("a", "2027-02-01T09:00:00Z", "2027-02-20");
  const later = signed("a", "2027-02-21T09:00:00Z", null);
  const soon = signed("b", "2027-02-01T09:00:00Z", "2027-03-05");
  const over = signed("c", "2027-02-01T09:00:00Z", "2027-02-25");
  const far = signed("d", "2027-02-01T09:00:00Z", "2027-06-01");
  expect(reviewsDue([seenAgain, later, soon, over, far], "2027-03-01")).toEqual([over, soon]);
});
