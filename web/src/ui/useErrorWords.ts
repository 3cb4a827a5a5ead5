import type { CustomTypeOptions } from "i18next";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { ApiError, NoAnswer, outcomeUnknown } from "~/api/errors";
import { PartMissing } from "~/ui/fetchPart";

/**
 * Words for what went wrong: the catalogue's for the server's code (`error_<code>` of the
 * feature's or of the app's texts), else what the server said.
 */
export function useErrorWords(namespace?: keyof CustomTypeOptions["resources"]) {
  const { t, i18n } = useTranslation();
  return useCallback(
    (error: unknown): string => {
      if (error instanceof NoAnswer) return t("error_no_answer");
      if (error instanceof PartMissing) return t(error.online ? "part_missing" : "part_offline");
      if (!(error instanceof ApiError)) return t("error_of_the_page");
      const key = `error_${error.code}`;
      const places = [...(namespace === undefined ? [] : [namespace]), "app" as const];
      const place = places.find((ns) => i18n.exists(key, { ns }));
      return place === undefined ? error.message : String(t(key as never, { ns: place as never }));
    },
    [t, i18n, namespace],
  );
}

/** As {@link useErrorWords}, in one sentence, for what was to be written. */
export function useWriteErrorWords(namespace: keyof CustomTypeOptions["resources"]) {
  const { t } = useTranslation();
  const words = useErrorWords(namespace);
  return (error: unknown) => (outcomeUnknown(error) ? t("outcome_unknown_words") : words(error));
}
