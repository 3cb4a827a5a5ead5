import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import type { AppointmentHistoryLine, Interval } from "~/api/schema";
import { useFormat } from "~/i18n/useFormat";
import { useMe } from "~/session/useSession";

/** What happened to an appointment, as a sentence: who did what. */
export function useHistoryWords(other: {
  id: string;
  name: string | null;
}): (line: AppointmentHistoryLine) => string {
  const { t, i18n } = useTranslation("appointments");
  const { accountId } = useMe();
  const format = useFormat();
  const { id, name } = other;
  return useCallback(
    ({ what, by, time, old_time }) => {
      const known = i18n.exists(`history_${what}`, { ns: "appointments" });
      if (!known) return what;
      const person = by === id ? name || t("somebody") : t("the_hospital");
      const who = by === accountId ? t("you") : person;
      const words = (interval: Interval | null) =>
        interval === null ? "" : format.dateTime(interval.starts_at);
      const key = `history_${what}` as "history_rescheduled";
      return t(key, { who, time: words(time), old: words(old_time) });
    },
    [t, i18n, accountId, format, id, name],
  );
}
