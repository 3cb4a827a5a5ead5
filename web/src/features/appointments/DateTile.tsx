import { useTranslation } from "react-i18next";
import classes from "~/features/appointments/DateTile.module.css";

/** A day as a leaf of a calendar. The same is said in words beside it. */
export function DateTile({ at, faded = false }: { at: string; faded?: boolean }) {
  const { i18n } = useTranslation();
  const part = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(i18n.language, options).format(new Date(at));
  return (
    <div className={classes.tile} data-faded={faded} aria-hidden>
      <span className={classes.month}>{part({ month: "short" })}</span>
      <span className={classes.day}>{part({ day: "numeric" })}</span>
    </div>
  );
}
