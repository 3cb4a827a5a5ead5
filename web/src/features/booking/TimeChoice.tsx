import { Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Interval } from "~/api/schema";
import { Choices } from "~/features/booking/Choices";
import classes from "~/features/booking/SlotPicker.module.css";
import { partsOf } from "~/features/booking/week";
import { useFormat } from "~/i18n/useFormat";

interface Props {
  slots: Interval[];
  value: Interval | null;
  onChange: (slot: Interval | null) => void;
}

/** What is free on a day, by the parts of the day. */
export function TimeChoice({ slots, value, onChange }: Props) {
  const { t } = useTranslation("booking");
  const format = useFormat();
  const choose = (starts_at: string) =>
    onChange(slots.find((slot) => slot.starts_at === starts_at) ?? null);
  return (
    <fieldset className={classes.set}>
      <legend className={classes.legend}>{t("time")}</legend>
      <Stack gap="sm">
        {partsOf(slots).map(({ part, slots: free }) => (
          <div key={part}>
            <Text size="sm" c="dimmed" mb={4}>
              {t(`part_${part}`)}
            </Text>
            <Choices
              name="time"
              value={value?.starts_at ?? null}
              onChange={choose}
              options={free.map(({ starts_at }) => ({
                value: starts_at,
                label: format.time(starts_at),
              }))}
            />
          </div>
        ))}
      </Stack>
    </fieldset>
  );
}
