import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import type { AccessReportLook } from "~/api/schema";
import { useFormat } from "~/i18n/useFormat";

/** What was looked at, in words. Of one thing with whom and when; of several how many. */
export function useLookWords(): (look: AccessReportLook) => string {
  const { t } = useTranslation("privacy");
  const format = useFormat();
  return useCallback(
    ({ what, parts }) => {
      const [only] = parts;
      const name = only?.with?.name;
      if (parts.length !== 1 || only === undefined || !name) {
        const count = Math.max(1, parts.length);
        return t(`looked_at_${what}`, { count });
      }
      if (what === "messages") {
        const count = only.through - only.from + 1;
        return t("looked_at_messages_with", { name, count });
      }
      if (only.starts_at === null) return t(`looked_at_${what}`, { count: 1 });
      const day = format.dateTime(only.starts_at);
      if (what === "appointment") return t("looked_at_appointment_with", { name, day });
      if (what === "consultation") return t("looked_at_consultation_with", { name, day });
      return t(`looked_at_${what}`, { count: 1 });
    },
    [t, format],
  );
}
