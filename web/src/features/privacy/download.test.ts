import { expect, test } from "vitest";
import { isWhole } from "~/features/privacy/download";

test("only a file that says so at its end is whole", () => {
  expect(isWhole("json", '…"counts":{"messages":2},"complete":true}\n')).toBe(true);
  expect(isWhole("json", '…,"error":{},"complete":false}\n')).toBe(false);
  expect(isWhole("json", '"body":"\\"complete\\":true}"')).toBe(false);
  const end = "</main>\n<footer><p>This is complete: 12 entries.</p></footer></body></html>\n";
  expect(isWhole("html", end)).toBe(true);
  expect(isWhole("html", "<td>This is complete: 12 entries.</td></tr>")).toBe(false);
});
