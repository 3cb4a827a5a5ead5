import { useDebouncedValue, useReducedMotion } from "@mantine/hooks";
import { useEffect, useState } from "react";

/** While the handle is dragged, only where it comes to rest is asked for. */
const REST_MS = 140;
const PACE_MS = 1_100;
/** Who asked for less motion gets a still picture for longer. */
const CALM_PACE_MS = 2_500;

export interface Walk {
  /** Where the handle is. */
  index: number;
  /** Where it came to rest. */
  rested: number;
  playing: boolean;
  go: (index: number) => void;
  togglePlaying: () => void;
}

/**
 * Where one is among the steps. Playing goes on by itself, a step at a time, once what belongs
 * to the last one is shown, and stops at the end.
 */
export function useWalk(start: number, last: number, shown: (rested: number) => boolean): Walk {
  const [index, setIndex] = useState(start);
  const [playing, setPlaying] = useState(false);
  const [rested] = useDebouncedValue(index, REST_MS);
  const calm = useReducedMotion();
  const ready = playing && index === rested && shown(rested);
  const go = (to: number) => setIndex(Math.max(0, Math.min(last, to)));
  useEffect(() => {
    if (!ready) return;
    const pace = setTimeout(
      () => {
        if (index >= last) setPlaying(false);
        else setIndex(index + 1);
      },
      index >= last ? 0 : calm ? CALM_PACE_MS : PACE_MS,
    );
    return () => clearTimeout(pace);
  }, [ready, index, last, calm]);
  return {
    index,
    rested,
    playing,
    go: (to) => {
      setPlaying(false);
      go(to);
    },
    togglePlaying: () => {
      if (!playing && index >= last) go(0);
      setPlaying(!playing);
    },
  };
}
