/** The parts of a consultation, in the order in which they are read. */
import type { ConsultationVersion } from "~/api/schema";

export const SECTIONS = [
  "medical_history",
  "examination_findings",
  "investigations",
  "treatment_plan",
] as const;
type SectionName = (typeof SECTIONS)[number];

interface SectionChange {
  section: SectionName;
  before: string | null;
  after: string | null;
}

interface VersionChanges {
  sections: SectionChange[];
  prescriptions: boolean;
  review: boolean;
}

/** What an amendment made different from the version before it. */
export function changesOf(before: ConsultationVersion, after: ConsultationVersion): VersionChanges {
  const differs = (one: unknown, other: unknown) => JSON.stringify(one) !== JSON.stringify(other);
  return {
    sections: SECTIONS.filter((section) => before[section] !== after[section]).map((section) => ({
      section,
      before: before[section],
      after: after[section],
    })),
    prescriptions: differs(before.prescriptions, after.prescriptions),
    review: before.review_on !== after.review_on,
  };
}
