import { expect, test } from "vitest";
import type { AccessReportLook } from "~/api/schema";
import { byDay } from "~/features/privacy/byDay";

const at = (day: number, hour: number, what: AccessReportLook["what"]): AccessReportLook => ({
  at: new Date(2026, 2, day, hour).toISOString(),
  who: { account_id: "a", name: "A" },
  role: "doctor",
  what,
  parts: [],
  reason: { kind: "care", grant_id: null, text: null },
});

test("looks are grouped by the days of the reader, and stay in order", () => {
  const looks = [at(3, 1, "account"), at(2, 23, "account"), at(2, 0, "medicines")];
  const days = byDay(looks);
  expect(days.map(({ looked }) => looked.length)).toEqual([1, 2]);
  expect(days.flatMap(({ looked }) => looked.map(({ look }) => look))).toEqual(looks);
});

test("the same again and again is one line, which says how often", () => {
  const looks = [at(2, 9, "medicines"), at(2, 8, "medicines"), at(2, 7, "medicines")];
  const [day] = byDay(looks);
  expect(day?.looked).toEqual([{ look: looks[0], times: 3, since: looks[2]?.at }]);
});

test("every reading of messages stands for itself, and so does every exception's reason", () => {
  const exception = at(2, 6, "account");
  const looks = [
    at(2, 9, "messages"),
    at(2, 8, "messages"),
    { ...exception, reason: { kind: "grant" as const, grant_id: "g", text: "A complaint" } },
    exception,
  ];
  expect(byDay(looks)[0]?.looked).toHaveLength(4);
});
