import { ActionIcon, Button, Group, SegmentedControl, Text, TextInput } from "@mantine/core";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/i18n/useFormat";
import classes from "./Calendar.module.css";
import { addDays, dayToday, isDay, startOf } from "./days";

interface Props {
  day: string;
  view: "day" | "week";
  days: string[];
}

/** To another day, and between day and week. */
export function CalendarBar({ day, view, days }: Props) {
  const { t } = useTranslation("schedule");
  const format = useFormat();
  const navigate = useNavigate();
  const step = view === "week" ? 7 : 1;
  const go = (search: { day?: string; view?: "day" | "week" }) =>
    void navigate({ to: "/calendar", search: { day, view, ...search } });
  const first = startOf(days[0] ?? day);
  const last = startOf(days.at(-1) ?? day);
  const period =
    view === "week" ? `${format.date(first)} – ${format.date(last)}` : format.day(first);
  return (
    <Group justify="space-between" gap="sm">
      <Group gap="xs">
        <ActionIcon.Group>
          <ActionIcon
            onClick={() => go({ day: addDays(day, -step) })}
            variant="default"
            size={36}
            aria-label={t(view === "week" ? "week_before" : "day_before")}
          >
            <IconChevronLeft className={classes.arrow} size={18} aria-hidden />
          </ActionIcon>
          <ActionIcon
            onClick={() => go({ day: addDays(day, step) })}
            variant="default"
            size={36}
            aria-label={t(view === "week" ? "week_after" : "day_after")}
          >
            <IconChevronRight className={classes.arrow} size={18} aria-hidden />
          </ActionIcon>
        </ActionIcon.Group>
        <Button variant="default" onClick={() => go({ day: dayToday() })}>
          {t("today")}
        </Button>
        <Text fw={600} role="status">
          {period}
        </Text>
      </Group>
      <Group gap="sm" align="center">
        <TextInput
          type="date"
          aria-label={t("go_to_day")}
          value={day}
          onChange={({ currentTarget: { value } }) => isDay(value) && go({ day: value })}
        />
        <SegmentedControl
          aria-label={t("view")}
          value={view}
          onChange={(chosen) => go({ view: chosen === "day" ? "day" : "week" })}
          data={[
            { value: "day", label: t("view_day") },
            { value: "week", label: t("view_week") },
          ]}
        />
      </Group>
    </Group>
  );
}
