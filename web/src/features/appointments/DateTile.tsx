import classes from "~/features/appointments/DateTile.module.css";
import { useFormat } from "~/i18n/useFormat";

/** A day as a leaf of a calendar. The same is said in words beside it. */
export function DateTile({ at, faded = false }: { at: string; faded?: boolean }) {
  const format = useFormat();
  return (
    <div className={classes.tile} data-faded={faded} aria-hidden>
      <span className={classes.month}>{format.month(at)}</span>
      <span className={classes.day}>{format.dayNumber(at)}</span>
    </div>
  );
}
