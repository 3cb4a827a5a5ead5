import { Alert, Button, List, Radio, Stack, Text, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { WorkingHours } from "~/api/schema";
import { toast } from "~/ui/toast";
import { WriteError } from "~/ui/WriteError";
import { dayToday, isDay } from "./days";
import { onDay, outsideOf, rowsOf, type SpanRow, spanFaults, spanRow, spansOf } from "./hours";
import { Booked } from "./OutsideNotice";
import { useSetException, useUpcoming } from "./queries";
import { SpanRows } from "./SpanRows";

/** Makes a day a day off, or one with other hours. It tells at once who is booked then. */
export function ExceptionForm({ hours }: { hours: WorkingHours }) {
  const { t } = useTranslation("schedule");
  const [date, setDate] = useState("");
  const [off, setOff] = useState(true);
  const [rows, setRows] = useState<SpanRow[]>([]);
  const [asked, setAsked] = useState(false);
  const save = useSetException();
  const bad = !isDay(date) || date < dayToday();
  const sound = off || (rows.length > 0 && spanFaults(rows).size === 0);
  const spans = off || !sound ? [] : spansOf(rows);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (bad || !sound) return;
    save.mutate(
      { date, spans },
      {
        onSuccess: () => {
          toast(t("exception_saved"));
          setDate("");
          setRows([]);
          setOff(true);
          setAsked(false);
        },
      },
    );
  };
  const pick = (value: string) => {
    setDate(value);
    const known = hours.exceptions.find((one) => one.date === value);
    if (known === undefined || known.spans.length === 0) return;
    setOff(false);
    setRows(rowsOf(known.spans));
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <TextInput
          type="date"
          label={t("day")}
          min={dayToday()}
          required
          value={date}
          error={
            asked && bad && t(date === "" ? "day_missing" : "error_schedule_exception_in_the_past")
          }
          onChange={(event) => pick(event.currentTarget.value)}
        />
        <Radio.Group
          label={t("exception_how")}
          value={off ? "off" : "other"}
          onChange={(value) => {
            setOff(value === "off");
            if (value === "other" && rows.length === 0) setRows([spanRow("09:00", "12:00")]);
          }}
        >
          <Stack gap="xs" mt={4}>
            <Radio value="off" label={t("day_off")} />
            <Radio value="other" label={t("other_hours")} />
          </Stack>
        </Radio.Group>
        {!off && <SpanRows name={t("that_day")} rows={rows} onChange={setRows} />}
        {!bad && hours.zone !== null && sound && (
          <Affected hours={{ ...hours, zone: hours.zone }} date={date} spans={spans} />
        )}
        {asked && !sound && (
          <Text size="sm" c="error" role="alert">
            {t("hours_unsound")}
          </Text>
        )}
        <WriteError namespace="schedule" error={save.error} />
        <Button
          type="submit"
          variant="light"
          loading={save.isPending}
          style={{ alignSelf: "flex-start" }}
        >
          {t("exception_save")}
        </Button>
      </Stack>
    </form>
  );
}

interface AffectedProps {
  hours: WorkingHours & { zone: string };
  date: string;
  spans: { from: string; to: string }[];
}

function Affected({ hours, date, spans }: AffectedProps) {
  const { t } = useTranslation("schedule");
  const upcoming = useUpcoming();
  const booked = upcoming.data?.pages.flatMap((page) => page.appointments) ?? [];
  const rules = { zone: hours.zone, week: hours.week, exceptions: [{ date, spans }] };
  const outside = outsideOf(rules, onDay(booked, date, hours.zone));
  if (outside.length === 0) return null;
  return (
    <Alert color="yellow" role="status" title={t("affected_title", { count: outside.length })}>
      <Text size="sm">{t("affected_words")}</Text>
      <List size="sm">
        {outside.map((appointment) => (
          <List.Item key={appointment.appointment_id}>
            <Booked appointment={appointment} />
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}
