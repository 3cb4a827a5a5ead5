/**
 * The texts. Each feature has catalogues of its own, `texts/en.json` and `texts/ar.json`, which
 * are loaded with it; the feature's folder is the namespace.
 */
import i18next from "i18next";
import resourcesToBackend from "i18next-resources-to-backend";
import { initReactI18next } from "react-i18next";
import { backoff } from "~/live/backoff";
import { fetchPart } from "~/ui/fetchPart";

export const LANGUAGES = { en: "English", ar: "العربية" } as const;
export type Language = keyof typeof LANGUAGES;

const catalogues = import.meta.glob<{ default: Record<string, string> }>([
  "../app/texts/*.json",
  "../features/*/texts/*.json",
]);

async function load(language: string, namespace: string): Promise<Record<string, string>> {
  const folder = namespace === "app" ? "../app" : `../features/${namespace}`;
  const catalogue = catalogues[`${folder}/texts/${language}.json`];
  if (catalogue === undefined) throw new Error(`no texts of ${namespace} in ${language}`);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return (await fetchPart(catalogue)).default;
    } catch {
      // Whoever is told once that there are none does not ask again, and shows names of texts:
      // so this goes on for as long as the page is there, less and less often.
      await new Promise((resolve) => setTimeout(resolve, backoff(attempt)));
    }
  }
}

function known(language: string | null | undefined): Language | null {
  const short = language?.split("-")[0];
  return short !== undefined && short in LANGUAGES ? (short as Language) : null;
}

const REMEMBERED = "anamnesis.language";

/** Sets up the texts in the language that was chosen here before, or else the browser's. */
export async function startTexts(): Promise<void> {
  i18next.on("languageChanged", (language) => {
    document.documentElement.lang = language;
    document.documentElement.dir = i18next.dir(language);
  });
  await i18next
    .use(resourcesToBackend(load))
    .use(initReactI18next)
    .init({
      lng: known(localStorage.getItem(REMEMBERED)) ?? known(navigator.language) ?? "en",
      fallbackLng: false,
      ns: ["app"],
      defaultNS: "app",
      keySeparator: false,
      nsSeparator: ":",
      interpolation: { escapeValue: false },
      react: { useSuspense: true },
    });
}

/** Those of every feature, so that none is missing when the line is. */
export async function loadAllTexts(): Promise<void> {
  const namespaces = Object.keys(catalogues).flatMap(
    (path) => /features\/(\w+)\/texts/.exec(path)?.[1] ?? [],
  );
  await i18next.loadNamespaces([...new Set(namespaces)]);
}

export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(REMEMBERED, language);
  await i18next.changeLanguage(language);
}
