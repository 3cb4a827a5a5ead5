import { Button, Group, Paper, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Interval } from "~/api/schema";
import classes from "~/features/booking/SlotPicker.module.css";
import { timeSpan } from "~/i18n/spans";
import { useFormat } from "~/i18n/useFormat";
import { WriteError } from "~/ui/WriteError";

interface Props {
  slot: Interval | null;
  label: string;
  error: Error | null;
  pending: boolean;
  disabled?: boolean;
  onConfirm: () => void;
}

/** What is about to be booked, in words, and the button that does it; always in sight. */
export function ConfirmBar({ slot, label, error, pending, disabled = false, onConfirm }: Props) {
  const { t, i18n } = useTranslation("booking");
  const format = useFormat();
  const chosen =
    slot === null
      ? t("choose")
      : t("day_and_time", {
          day: format.day(slot.starts_at),
          time: timeSpan(i18n.language, slot.starts_at, slot.ends_at),
        });
  return (
    <Paper withBorder shadow="md" p="md" className={classes.confirm} data-sticky={slot !== null}>
      <Stack gap="sm">
        <WriteError error={error} namespace="booking" />
        <Group justify="space-between">
          <Text fw={600} aria-live="polite">
            {chosen}
          </Text>
          <Button disabled={slot === null || disabled} loading={pending} onClick={onConfirm}>
            {label}
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}
