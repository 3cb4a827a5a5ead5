import { useEffect, useState } from "react";

/** How long until an instant, in seconds; never less than nothing. Counts down by itself. */
export function useTimeLeft(until: string): number {
  const [left, setLeft] = useState(() => secondsTo(until));
  useEffect(() => {
    setLeft(secondsTo(until));
    const tick = setInterval(() => setLeft(secondsTo(until)), 1_000);
    return () => clearInterval(tick);
  }, [until]);
  return left;
}

function secondsTo(until: string): number {
  return Math.max(0, Math.ceil((Date.parse(until) - Date.now()) / 1_000));
}

/** As in "41:07". */
export function clock(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  return `${minutes}:${String(seconds % 60).padStart(2, "0")}`;
}
