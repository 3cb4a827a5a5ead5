import { Alert, Button, Group, Paper, Select, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import type { FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { wasChanged } from "~/api/errors";
import type { Weekday, WorkingHours } from "~/api/schema";
import { toast } from "~/ui/toast";
import { WriteError } from "~/ui/WriteError";
import classes from "./Hours.module.css";
import { isWeekSound, rowsOf, spansOf, spansOfWeek, WEEKDAYS } from "./hours";
import { useSetHours } from "./queries";
import { SpanRows } from "./SpanRows";
import { useWeekForm } from "./useWeekForm";

const SLOTS = [5, 10, 15, 20, 30, 40, 45, 60, 90, 120];
const ZONES = Intl.supportedValuesOf("timeZone");

interface Props {
  hours: WorkingHours;
  etag: string;
}

/** The hours of every week. They are saved as a whole. */
export function WeekForm({ hours, etag }: Props) {
  const { t } = useTranslation("schedule");
  const form = useWeekForm(hours);
  const save = useSetHours();
  const { week, zone, slotMinutes } = form.values;
  const sound = isWeekSound(week);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!sound) return;
    const wanted = { zone, slot_minutes: slotMinutes, week: spansOfWeek(week) };
    save.mutate(
      { hours: wanted, etag },
      {
        onSuccess: () => toast(t("hours_saved")),
        onError: (error) => {
          if (wasChanged(error)) form.lookAgain();
        },
      },
    );
  };
  const setDay = (weekday: Weekday, rows: (typeof week)[Weekday]) =>
    form.set({ week: { ...week, [weekday]: rows } });
  const likeMonday = () => {
    const copy = () => rowsOf(spansOf(week.monday));
    form.set({
      week: { ...week, tuesday: copy(), wednesday: copy(), thursday: copy(), friday: copy() },
    });
  };
  const slots = [...new Set([...SLOTS, slotMinutes])].sort((one, other) => one - other);
  const zones = ZONES.includes(zone) ? ZONES : [zone, ...ZONES];
  return (
    <Paper withBorder p={{ base: "md", sm: "lg" }} component="form" onSubmit={submit} noValidate>
      <Stack gap="lg">
        <Group justify="space-between">
          <Title order={2} size="h4">
            {t("every_week")}
          </Title>
          <Button variant="light" size="compact-sm" onClick={likeMonday}>
            {t("like_monday")}
          </Button>
        </Group>
        {!hours.hours_set && <Alert color="yellow">{t("hours_not_set")}</Alert>}
        {WEEKDAYS.map((weekday) => (
          <div
            key={weekday}
            className={classes.day}
            role="group"
            aria-label={t(`weekday_${weekday}`)}
          >
            <Text fw={600} size="sm" className={classes.name}>
              {t(`weekday_${weekday}`)}
            </Text>
            <div>
              {week[weekday].length === 0 && (
                <Text size="sm" c="dimmed">
                  {t("free_day")}
                </Text>
              )}
              <SpanRows
                name={t(`weekday_${weekday}`)}
                rows={week[weekday]}
                onChange={(rows) => setDay(weekday, rows)}
              />
            </div>
          </div>
        ))}
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <Select
            label={t("slot_minutes")}
            description={t("slot_minutes_hint")}
            allowDeselect={false}
            data={slots.map((minutes) => ({
              value: String(minutes),
              label: t("minutes", { count: minutes }),
            }))}
            value={String(slotMinutes)}
            onChange={(value) => form.set({ slotMinutes: Number(value ?? slotMinutes) })}
          />
          <Select
            label={t("zone")}
            description={t("zone_hint")}
            allowDeselect={false}
            searchable
            limit={50}
            data={zones}
            value={zone}
            onChange={(value) => form.set({ zone: value ?? zone })}
          />
        </SimpleGrid>
        {form.theirs && (
          <Alert color="yellow" role="alert" title={t("hours_conflict_title")}>
            <Stack gap="sm" align="flex-start">
              <Text size="sm">{t("hours_conflict_words")}</Text>
              <Button size="xs" variant="default" onClick={form.takeTheirs}>
                {t("hours_take_theirs")}
              </Button>
            </Stack>
          </Alert>
        )}
        {!form.theirs && <WriteError namespace="schedule" error={save.error} />}
        <Group justify="space-between">
          <Text size="sm" c={sound ? "dimmed" : "error"} role="status">
            {sound ? (form.dirty ? t("hours_unsaved") : "") : t("hours_unsound")}
          </Text>
          <Button type="submit" loading={save.isPending} disabled={!sound || !form.dirty}>
            {t(form.theirs ? "hours_save_mine" : "hours_save")}
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}
