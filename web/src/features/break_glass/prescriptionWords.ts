import type { PrescribedMedicine } from "~/api/schema";

/** A prescription in one line, without what was left out. */
export function prescriptionWords({ drug, dose, route, frequency, instructions }: Lines): string {
  return [drug, dose, route, frequency, instructions].filter(Boolean).join(", ");
}

type Lines = Pick<PrescribedMedicine, "drug" | "dose" | "route" | "frequency" | "instructions">;
