import { expect, test } from "vitest";
import type { ConsultationVersion } from "~/api/schema";
import { changesOf } from "~/features/record/sections";

const signed: ConsultationVersion = {
  version: 3,
  written_by: "a",
  written_at: "2026-03-02T10:00:00Z",
  reason: null,
  medical_history: "Cough since Sunday",
  examination_findings: null,
  investigations: null,
  treatment_plan: "Rest",
  prescriptions: [],
  review_on: null,
};

test("an amendment says what it changed, and what stood there before", () => {
  const amended = {
    ...signed,
    version: 4,
    treatment_plan: "Rest, and tea",
    review_on: "2026-04-01",
  };
  expect(changesOf(signed, amended)).toEqual({
    sections: [{ section: "treatment_plan", before: "Rest", after: "Rest, and tea" }],
    prescriptions: false,
    review: true,
  });
});
