import type { SystemHealth } from "~/api/schema";
import { behindOf } from "~/features/system/samples";

export type SystemState = "good" | "behind" | "stopped";

/** A few events behind is what happens all the time; it says nothing. */
const BEHIND_MIN = 20;

/** In one word, how it is: something that stopped needs somebody. */
export function stateOf(health: SystemHealth): SystemState {
  if (health.readers.some((reader) => reader.stopped !== null)) return "stopped";
  return behindOf(health) >= BEHIND_MIN ? "behind" : "good";
}

/** For how long it has run, in the largest two units that say something. */
export function uptimeParts(
  seconds: number,
): { unit: "days" | "hours" | "minutes"; count: number }[] {
  const minutes = Math.floor(seconds / 60);
  const all = [
    { unit: "days" as const, count: Math.floor(minutes / 1440) },
    { unit: "hours" as const, count: Math.floor(minutes / 60) % 24 },
    { unit: "minutes" as const, count: minutes % 60 },
  ];
  return all.filter(({ count }) => count > 0).slice(0, 2);
}
