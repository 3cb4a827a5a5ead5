import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { LANGUAGES } from "~/i18n/i18n";

const PLURAL = /_(zero|one|two|few|many|other)$/;
type Catalogue = Record<string, string>;

function catalogue(folder: string, language: string): Catalogue {
  return JSON.parse(readFileSync(`${folder}/${language}.json`, "utf8"));
}

/** Which texts there are; how many forms a number has is the language's own business. */
function names(texts: Catalogue): string[] {
  return [...new Set(Object.keys(texts).map((key) => key.replace(PLURAL, "")))].sort();
}

function placeholders(text: string): string[] {
  return [...text.matchAll(/\{\{(\w+)/g)].map(([, name]) => name ?? "").sort();
}

const features = readdirSync("src/features").map((feature) => `src/features/${feature}/texts`);
const folders = ["src/app/texts", ...features.filter((folder) => existsSync(folder))];
const others = Object.keys(LANGUAGES).filter((language) => language !== "en");

test.each(folders)("%s says the same things in every language", (folder) => {
  const english = catalogue(folder, "en");
  for (const language of others) {
    expect(names(catalogue(folder, language)), language).toEqual(names(english));
  }
});

test.each(folders)("%s names the same values in every language", (folder) => {
  const english = catalogue(folder, "en");
  for (const language of others) {
    for (const [key, text] of Object.entries(catalogue(folder, language))) {
      const original = english[key];
      // "One message" needs no number, whichever language says so.
      if (original === undefined || PLURAL.test(key)) continue;
      expect(placeholders(text), `${language} ${key}`).toEqual(placeholders(original));
    }
  }
});

test.each(folders)("%s has every form that a language counts in", (folder) => {
  for (const language of Object.keys(LANGUAGES)) {
    const texts = catalogue(folder, language);
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    // What is called "other" without ever being one is a word of its own.
    const counted = Object.keys(catalogue(folder, "en")).filter((key) => key.endsWith("_one"));
    for (const key of counted) {
      const stem = key.replace(PLURAL, "");
      const missing = forms.filter((form) => !(`${stem}_${form}` in texts));
      expect(missing, `${language} ${stem}`).toEqual([]);
    }
  }
});
