import { Button, Stack } from "@mantine/core";
import { IconCalendarOff } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { nextFreeQuery } from "~/features/booking/queries";
import { dayAfter } from "~/i18n/calendarDay";
import { useFormat } from "~/i18n/useFormat";
import { EmptyState } from "~/ui/EmptyState";

interface Props {
  doctorId: string;
  hoursSet: boolean;
  /** The last day that was looked at. */
  after: Date;
  onGoTo: (day: Date) => void;
}

/** Nothing is free in this week: says when something is, if that is known. */
export function NothingFree({ doctorId, hoursSet, after, onGoTo }: Props) {
  const { t } = useTranslation("booking");
  const format = useFormat();
  const next = useQuery({ ...nextFreeQuery(doctorId, dayAfter(after, 1)), enabled: hoursSet });
  if (!hoursSet)
    return (
      <EmptyState icon={IconCalendarOff} title={t("no_hours")}>
        {t("no_hours_words")}
      </EmptyState>
    );
  const free = next.data ?? null;
  return (
    <EmptyState icon={IconCalendarOff} title={t("nothing_free")}>
      <Stack gap="sm" align="center">
        {next.isSuccess && free === null && t("nothing_free_for_long")}
        {free !== null && (
          <Button variant="light" onClick={() => onGoTo(dayAfter(new Date(free), 0))}>
            {t("go_to", { day: format.day(free) })}
          </Button>
        )}
      </Stack>
    </EmptyState>
  );
}
