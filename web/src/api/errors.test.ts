import { describe, expect, test } from "vitest";
import { ApiError, NoAnswer, outcomeUnknown, refusal } from "~/api/errors";

const answered = (status: number, code: string) => new ApiError(status, code, "", null);

describe("whether it may have been done", () => {
  test("unknown without an answer, and where the server does not know", () => {
    expect(outcomeUnknown(new NoAnswer(new TypeError("failed to fetch")))).toBe(true);
    expect(outcomeUnknown(answered(503, "outcome_unknown"))).toBe(true);
    expect(outcomeUnknown(answered(503, "read_models_lag"))).toBe(true);
    expect(outcomeUnknown(answered(500, "internal"))).toBe(true);
    expect(outcomeUnknown(refusal(502, "<html>bad gateway</html>"))).toBe(true);
  });

  test("known where it was refused, or turned away before it began", () => {
    expect(outcomeUnknown(answered(409, "slot_taken"))).toBe(false);
    for (const code of ["overloaded", "contended", "busy", "too_many_clients"]) {
      expect(outcomeUnknown(answered(503, code)), code).toBe(false);
    }
  });

  test("known where the page itself failed before it asked", () => {
    expect(outcomeUnknown(new Error("a fault of the page"))).toBe(false);
  });
});
