import { Button, Chip, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Appointment, Interval } from "~/api/schema";
import { useFormat } from "~/i18n/useFormat";
import { ownZone } from "~/i18n/zone";
import { Fetched } from "~/ui/Fetched";
import { toast } from "~/ui/toast";
import { WriteError } from "~/ui/WriteError";
import { dayOf, dayToday, isDay } from "./days";
import { useChangeAppointment, useFreeOn } from "./queries";

interface Props {
  appointment: Appointment;
  onClose: () => void;
}

/** Moves an appointment to a time that is free. */
export function MoveDialog({ appointment, onClose }: Props) {
  const { t } = useTranslation("schedule");
  const format = useFormat();
  const [day, setDay] = useState(dayOf(appointment.starts_at));
  const [chosen, setChosen] = useState<Interval | null>(null);
  const change = useChangeAppointment(appointment);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (chosen === null) return;
    // The live feed may take this away before the answer comes.
    change.mutateAsync({ ...chosen, zone: ownZone() }).then(
      () => {
        toast(t("moved_now", { when: format.dateTime(chosen.starts_at) }));
        onClose();
      },
      () => undefined,
    );
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("move_title")}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <Stack component="form" onSubmit={submit}>
        <Text size="sm">{t("move_from", { when: format.dateTime(appointment.starts_at) })}</Text>
        <TextInput
          type="date"
          label={t("day")}
          min={dayToday()}
          data-autofocus
          value={day}
          onChange={(event) => {
            setDay(event.currentTarget.value);
            setChosen(null);
          }}
        />
        <FreeTimes
          doctorId={appointment.doctor_id}
          day={isDay(day) ? day : null}
          chosen={chosen}
          onChoose={setChosen}
        />
        <WriteError namespace="schedule" error={change.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("close")}
          </Button>
          <Button type="submit" disabled={chosen === null} loading={change.isPending}>
            {t("move_final")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

interface FreeProps {
  doctorId: string;
  day: string | null;
  chosen: Interval | null;
  onChoose: (slot: Interval | null) => void;
}

function FreeTimes({ doctorId, day, chosen, onChoose }: FreeProps) {
  const free = useFreeOn(doctorId, day);
  if (day === null) return null;
  return (
    <Fetched query={free} rows={1} rowHeight={80}>
      {({ slots }) => <Times slots={slots} chosen={chosen} onChoose={onChoose} />}
    </Fetched>
  );
}

interface TimesProps extends Pick<FreeProps, "chosen" | "onChoose"> {
  slots: Interval[];
}

function Times({ slots, chosen, onChoose }: TimesProps) {
  const { t } = useTranslation("schedule");
  const format = useFormat();
  if (slots.length === 0) return <Text c="dimmed">{t("nothing_free")}</Text>;
  return (
    <Group gap="xs" role="radiogroup" aria-label={t("free_times")}>
      {slots.map((slot) => (
        <Chip
          key={slot.starts_at}
          type="radio"
          name="slot"
          value={slot.starts_at}
          checked={chosen?.starts_at === slot.starts_at}
          onChange={() => onChoose(slot)}
        >
          {format.time(slot.starts_at)}
        </Chip>
      ))}
    </Group>
  );
}
