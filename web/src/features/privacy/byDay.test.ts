import { expect, test } from "vitest";
import type { AccessReportLook } from "~/api/schema";
import { byDay } from "~/features/privacy/byDay";

const at = (day: number, hour: number): AccessReportLook => ({
  at: new Date(2026, 2, day, hour).toISOString(),
  who: { account_id: "a", name: "A" },
  role: "doctor",
  what: "medicines",
  parts: [],
  reason: { kind: "care", grant_id: null, text: null },
});

test("looks are grouped by the days of the reader, and stay in order", () => {
  const looks = [at(3, 1), at(2, 23), at(2, 0), at(1, 12)];
  expect(byDay(looks).map(({ looks: of }) => of.length)).toEqual([1, 2, 1]);
  expect(byDay(looks).flatMap(({ looks: of }) => of)).toEqual(looks);
});
