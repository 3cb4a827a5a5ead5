import type { KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import type { TrailLine } from "~/api/schema";
import { useFormat } from "~/i18n/useFormat";
import { sortColors, sortOf } from "../lines";
import classes from "./Slider.module.css";

interface Props {
  lines: TrailLine[];
  index: number;
  onGo: (index: number) => void;
}

const LEAP = 10;
/** More marks than that can not be told apart. */
const MARKS_MAX = 240;

/**
 * A handle over the events of a record. The browser's own slider, so that it is dragged,
 * pressed and read aloud as any; arrows step one event, Page keys ten, Home and End to the ends.
 */
export function Slider({ lines, index, onGo }: Props) {
  const { t } = useTranslation("audit");
  const format = useFormat();
  const line = lines[index];
  const last = lines.length - 1;
  const leap = (event: KeyboardEvent) => {
    const by = { PageUp: LEAP, PageDown: -LEAP }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    onGo(index + by);
  };
  return (
    <div className={classes.frame}>
      <Marks lines={lines} index={index} />
      <input
        type="range"
        className={classes.range}
        min={0}
        max={last}
        step={1}
        value={index}
        aria-label={t("slider_label")}
        aria-valuetext={
          line === undefined
            ? undefined
            : t("slider_value", {
                number: index + 1,
                total: lines.length,
                at: format.exact(line.at),
                words: line.words,
              })
        }
        onChange={({ currentTarget }) => onGo(currentTarget.valueAsNumber)}
        onKeyDown={leap}
      />
      <Ends lines={lines} />
    </div>
  );
}

/** A mark for each event, in the colour of its sort; what it is stands in words above. */
function Marks({ lines, index }: { lines: TrailLine[]; index: number }) {
  if (lines.length > MARKS_MAX || lines.length < 2) return null;
  return (
    <div className={classes.marks} aria-hidden>
      {lines.map((line, place) => (
        <span
          key={line.position}
          className={classes.mark}
          data-here={place === index}
          style={{
            insetInlineStart: `${(place / (lines.length - 1)) * 100}%`,
            background: `var(--mantine-color-${sortColors[sortOf(line)]}-filled)`,
          }}
        />
      ))}
    </div>
  );
}

function Ends({ lines }: { lines: TrailLine[] }) {
  const format = useFormat();
  const [first, last] = [lines[0], lines.at(-1)];
  if (first === undefined || last === undefined) return null;
  return (
    <div className={classes.ends} aria-hidden>
      <span>{format.dateTime(first.at)}</span>
      <span>{format.dateTime(last.at)}</span>
    </div>
  );
}
