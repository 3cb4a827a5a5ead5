import { useMemo } from "react";
import { useTranslation } from "react-i18next";

/** Families of codes that the server speaks in, each with words in the catalogue. */
type Family = "action" | "role" | "kind" | "outcome" | "status" | "may" | "field" | "reaction";

/** Words for the server's codes. One that is newer than this page stands as it is. */
export function useCodes(): (family: Family, code: string) => string {
  const { t, i18n } = useTranslation("audit");
  return useMemo(
    () => (family: Family, code: string) => {
      const key = `${family}_${code}`;
      if (!i18n.exists(key, { ns: "audit" })) return code.replaceAll("_", " ");
      return String(t(key as never));
    },
    [t, i18n],
  );
}
