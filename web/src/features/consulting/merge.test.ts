import { describe, expect, test } from "vitest";
import { type Content, changesBetween, newRow, type Row } from "./content";
import { merge } from "./merge";

function content(parts: Partial<Content>): Content {
  return {
    medical_history: "",
    examination_findings: "",
    investigations: "",
    treatment_plan: "",
    prescriptions: [],
    review_on: "",
    ...parts,
  };
}

function medicine(drug: string, dose = "5 ml"): Row {
  return { ...newRow(), drug, dose };
}

describe("medicines of two windows", () => {
  const [syrup, tea] = [medicine("Syrup"), medicine("Tea")];

  test("that are new on both sides all stand", () => {
    const merged = merge(
      content({}),
      content({ prescriptions: [syrup] }),
      content({ prescriptions: [tea] }),
    );
    expect(merged.conflicts).toEqual([]);
    expect(merged.content.prescriptions.map(({ drug }) => drug).sort()).toEqual(["Syrup", "Tea"]);
  });

  test("that were changed differently are a conflict", () => {
    const merged = merge(
      content({ prescriptions: [syrup] }),
      content({ prescriptions: [{ ...syrup, dose: "10 ml" }] }),
      content({ prescriptions: [{ ...syrup, dose: "2 ml" }] }),
    );
    expect(merged.conflicts).toEqual(["prescriptions"]);
  });

  test("that were stopped there stay stopped", () => {
    const merged = merge(
      content({ prescriptions: [syrup] }),
      content({ prescriptions: [syrup, tea] }),
      content({}),
    );
    expect(merged.content.prescriptions).toEqual([tea]);
  });
});

describe("what is sent", () => {
  test("is nothing where nothing changed but spaces", () => {
    expect(changesBetween(content({}), content({ treatment_plan: "  " }))).toBeNull();
  });

  test("leaves a half written medicine as it was", () => {
    const syrup = medicine("Syrup");
    const base = content({ prescriptions: [syrup] });
    const rewriting = content({ prescriptions: [{ ...syrup, drug: "" }, medicine("Tea", "")] });
    expect(changesBetween(base, rewriting)).toBeNull();
  });

  test("stops a medicine by leaving it out", () => {
    const syrup = medicine("Syrup");
    const base = content({ prescriptions: [syrup] });
    const stopped = content({ prescriptions: [{ ...syrup, stopped: true }] });
    expect(changesBetween(base, stopped)).toEqual({ prescriptions: [] });
  });

  test("clears what was emptied", () => {
    const base = content({ treatment_plan: "Rest", review_on: "2027-01-01" });
    expect(changesBetween(base, content({}))).toEqual({ treatment_plan: null, review_on: null });
  });
});
