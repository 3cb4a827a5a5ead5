import { ActionIcon, Group, Stack, Text } from "@mantine/core";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Interval } from "~/api/schema";
import { DayChoice } from "~/features/booking/DayChoice";
import { NothingFree } from "~/features/booking/NothingFree";
import { slotsQuery } from "~/features/booking/queries";
import classes from "~/features/booking/SlotPicker.module.css";
import { TimeChoice } from "~/features/booking/TimeChoice";
import { daysOf, WEEK_DAYS } from "~/features/booking/week";
import { ZoneNote } from "~/features/booking/ZoneNote";
import { dayAfter } from "~/i18n/calendarDay";
import { daySpan } from "~/i18n/spans";
import { Fetched } from "~/ui/Fetched";

interface Props {
  doctorId: string;
  value: Interval | null;
  onChange: (slot: Interval | null) => void;
}

/** A week of days, and what is free on the chosen one, in the browser's time zone. */
export function SlotPicker({ doctorId, value, onChange }: Props) {
  const { t, i18n } = useTranslation("booking");
  const [today] = useState(() => dayAfter(new Date(), 0));
  const [first, setFirst] = useState(today);
  const [chosen, setChosen] = useState<string | null>(null);
  const query = useQuery(slotsQuery(doctorId, first, WEEK_DAYS));
  const show = (start: Date) => {
    setFirst(start < today ? today : start);
    setChosen(null);
  };
  const last = dayAfter(first, WEEK_DAYS - 1);
  return (
    <Stack gap="md">
      <Group justify="space-between" wrap="nowrap">
        <ActionIcon
          variant="default"
          size="lg"
          aria-label={t("week_before")}
          disabled={first <= today}
          onClick={() => show(dayAfter(first, -WEEK_DAYS))}
        >
          <IconChevronLeft size={20} aria-hidden className={classes.arrow} />
        </ActionIcon>
        <Text fw={600} ta="center" aria-live="polite">
          {daySpan(i18n.language, first, last)}
        </Text>
        <ActionIcon
          variant="default"
          size="lg"
          aria-label={t("week_after")}
          onClick={() => show(dayAfter(first, WEEK_DAYS))}
        >
          <IconChevronRight size={20} aria-hidden className={classes.arrow} />
        </ActionIcon>
      </Group>
      <Fetched query={query} rows={2} rowHeight={96}>
        {({ slots, hours_set, zone }) => {
          const days = daysOf(first, slots);
          const day = days.find(({ name }) => name === chosen) ?? firstFree(days);
          return (
            <Stack gap="md">
              <DayChoice days={days} value={day?.name ?? null} onChange={setChosen} />
              {day === undefined ? (
                <NothingFree doctorId={doctorId} hoursSet={hours_set} after={last} onGoTo={show} />
              ) : (
                <TimeChoice slots={day.slots} value={value} onChange={onChange} />
              )}
              <ZoneNote doctorsZone={zone} at={first} />
            </Stack>
          );
        }}
      </Fetched>
    </Stack>
  );
}

function firstFree<T extends { slots: Interval[] }>(days: T[]): T | undefined {
  return days.find(({ slots }) => slots.length > 0);
}
