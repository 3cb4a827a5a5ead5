import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Appointment } from "~/api/schema";
import { timeSpan } from "~/i18n/spans";
import { until } from "~/i18n/until";
import { useFormat } from "~/i18n/useFormat";
import { ownZone, zoneWords } from "~/i18n/zone";
import { useNow } from "~/ui/useNow";

/** Day, time and zone of an appointment where the reader is, and how long until then. */
export function WhenWords({ appointment }: { appointment: Appointment }) {
  const { t, i18n } = useTranslation("appointments");
  const format = useFormat();
  const now = useNow();
  const { starts_at, ends_at, status } = appointment;
  const [start, end] = [new Date(starts_at), new Date(ends_at)];
  return (
    <>
      <Text fw={500}>
        {t("day_and_time", { day: format.day(start), time: timeSpan(i18n.language, start, end) })}
      </Text>
      <Text size="sm" c="dimmed">
        {zoneWords(i18n.language, ownZone(), start)}
      </Text>
      {status === "scheduled" && now < end && (
        <Text size="sm" fw={600}>
          {now < start ? until(i18n.language, start, now) : t("going_on")}
        </Text>
      )}
    </>
  );
}
