import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { LiveError } from "~/live/commands";

/** Words for why a command was not carried out. */
export function useCommandWords(): (error: unknown) => string {
  const { t, i18n } = useTranslation("chat");
  return useCallback(
    (error) => {
      const code = error instanceof LiveError ? error.code : "unknown";
      const key = `error_${code}`;
      return i18n.exists(key, { ns: "chat" }) ? String(t(key as never)) : t("error_unknown");
    },
    [t, i18n],
  );
}
