import { expect, test } from "vitest";
import { nameFits } from "./nameMatch";

test.each([
  ["Mary-Ann Smith", "Mary-Ann"],
  ["Mary-Ann Smith", "smi ann"],
  ["Kevin O'Brien", "Brien"],
  ["Kevin O’Brien", "o'brien"],
  ["Paula Moreno", "Moreno, Paula"],
  ["Dr. Ines Adler", "dr. a"],
  ["عمر الهاشمي", "الها"],
])("%s is found by %s", (name, typed) => {
  expect(nameFits(name, typed)).toBe(true);
});

test("every word has to begin one", () => {
  expect(nameFits("Paula Moreno", "paula x")).toBe(false);
  expect(nameFits("Paula Moreno", "aula")).toBe(false);
});
