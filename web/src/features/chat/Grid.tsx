import { UnstyledButton, useDirection } from "@mantine/core";
import { type KeyboardEvent, useRef, useState } from "react";
import classes from "./Grid.module.css";

interface Props {
  label: string;
  columns: number;
  cells: readonly { key: string; picture: string; name: string; pressed?: boolean }[];
  onChoose: (key: string) => void;
  autoFocus?: boolean;
}

/** Small pictures to choose from. One of them is in the order of Tab; arrows go to the others. */
export function Grid({ label, columns, cells, onChoose, autoFocus }: Props) {
  const { dir } = useDirection();
  const [at, setAt] = useState(0);
  const box = useRef<HTMLDivElement>(null);
  const current = Math.min(at, cells.length - 1);
  const go = (event: KeyboardEvent) => {
    const to = step(event.key, current, columns, cells.length, dir === "rtl");
    if (to === null) return;
    event.preventDefault();
    setAt(to);
    box.current?.querySelectorAll("button")[to]?.focus();
  };
  return (
    <div
      ref={box}
      role="group"
      aria-label={label}
      className={classes.grid}
      style={{ gridTemplateColumns: `repeat(${columns}, 1fr)` }}
      onKeyDown={go}
    >
      {cells.map(({ key, picture, name, pressed }, index) => (
        <UnstyledButton
          key={key}
          className={classes.cell}
          tabIndex={index === current ? 0 : -1}
          aria-label={name}
          aria-pressed={pressed}
          title={name}
          data-autofocus={(autoFocus === true && index === 0) || undefined}
          onFocus={() => setAt(index)}
          onClick={() => onChoose(key)}
        >
          {picture}
        </UnstyledButton>
      ))}
    </div>
  );
}

function step(key: string, at: number, columns: number, count: number, rtl: boolean) {
  const aside = rtl ? -1 : 1;
  const moves: Partial<Record<string, number>> = {
    ArrowRight: at + aside,
    ArrowLeft: at - aside,
    ArrowDown: at + columns,
    ArrowUp: at - columns,
    Home: 0,
    End: count - 1,
  };
  const to = moves[key];
  return to === undefined || to < 0 || to >= count ? null : to;
}
