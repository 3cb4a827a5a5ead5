import { useTranslation } from "react-i18next";
import { Choices } from "~/features/booking/Choices";
import classes from "~/features/booking/SlotPicker.module.css";
import type { Day } from "~/features/booking/week";
import { useFormat } from "~/i18n/useFormat";

interface Props {
  days: Day[];
  value: string | null;
  onChange: (name: string) => void;
}

/** The days of a week; on those without a free time there is nothing to choose. */
export function DayChoice({ days, value, onChange }: Props) {
  const { t } = useTranslation("booking");
  const format = useFormat();
  const options = days.map(({ name, start, slots }) => ({
    value: name,
    label: `${format.day(start)}: ${t("free", { count: slots.length })}`,
    disabled: slots.length === 0,
    short: (
      <>
        <span className={classes.weekday}>{format.weekdayName(start)}</span>
        <span className={classes.number}>{format.dayNumber(start)}</span>
        <span className={classes.free}>{t("free", { count: slots.length })}</span>
      </>
    ),
  }));
  return (
    <fieldset className={classes.set}>
      <legend className={classes.legend}>{t("day")}</legend>
      <Choices name="day" options={options} value={value} onChange={onChange} inOneRow />
    </fieldset>
  );
}
