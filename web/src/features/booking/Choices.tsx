import { VisuallyHidden } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "~/features/booking/Choices.module.css";

interface Option {
  value: string;
  /** What is read out. */
  label: string;
  /** What is seen, where that is shorter. */
  short?: ReactNode;
  disabled?: boolean;
}

interface Props {
  /** Options of the same name exclude each other, also across groups. */
  name: string;
  options: Option[];
  value: string | null;
  onChange: (value: string) => void;
  /** All in one row of equal parts, rather than as many as fit. */
  inOneRow?: boolean;
}

/** Radio buttons that look like tiles; the browser's own, so that the arrow keys do what they do. */
export function Choices({ name, options, value, onChange, inOneRow = false }: Props) {
  return (
    <div className={inOneRow ? classes.row : classes.grid}>
      {options.map((option) => (
        <label key={option.value} className={classes.choice}>
          <input
            type="radio"
            name={name}
            className={classes.input}
            checked={option.value === value}
            disabled={option.disabled}
            onChange={() => onChange(option.value)}
          />
          {option.short === undefined ? (
            <span className={classes.tile}>{option.label}</span>
          ) : (
            <>
              <VisuallyHidden>{option.label}</VisuallyHidden>
              <span className={classes.tile} aria-hidden>
                {option.short}
              </span>
            </>
          )}
        </label>
      ))}
    </div>
  );
}
