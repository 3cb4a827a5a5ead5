import { readFileSync } from "node:fs";
import openapi, { astToString } from "openapi-typescript";
import { expect, test } from "vitest";

test("the types are those of the API as it is described", async () => {
  const described = JSON.parse(readFileSync("../docs/openapi.json", "utf8"));
  const made = await openapi(described, { rootTypes: true, rootTypesNoSchemaPrefix: true });
  const kept = readFileSync("src/api/schema.d.ts", "utf8");
  // `npm run types` writes them anew.
  expect(kept.endsWith(astToString(made))).toBe(true);
});
