import type { SystemHealth } from "~/api/schema";

/** What is kept of one measurement. */
export interface Sample {
  /** Milliseconds since 1970. */
  at: number;
  head: number;
  behind: number;
  clients: number;
}

/** Ten minutes, at one every five seconds. */
export const SAMPLES_MAX = 120;

const MINUTE_MS = 60_000;

/** How far the slowest reader is behind. */
export function behindOf(health: SystemHealth): number {
  return Math.max(0, ...health.readers.map((reader) => reader.behind));
}

/** With one more measurement, and without those that are too old. */
export function withSample(samples: Sample[], health: SystemHealth): Sample[] {
  const at = Date.parse(health.at);
  const last = samples.at(-1);
  if (last !== undefined && last.at >= at) return samples;
  const sample = {
    at,
    head: health.log_head,
    behind: behindOf(health),
    clients: health.clients_connected,
  };
  return [...samples, sample].slice(-SAMPLES_MAX);
}

export interface Point {
  at: number;
  value: number;
}

/** Events a minute between each two measurements: the first one alone says nothing of it. */
export function eventRate(samples: Sample[]): Point[] {
  return samples.slice(1).flatMap((sample, index) => {
    const before = samples[index];
    if (before === undefined) return [];
    const minutes = (sample.at - before.at) / MINUTE_MS;
    return [{ at: sample.at, value: Math.round((sample.head - before.head) / minutes) }];
  });
}

export function pointsOf(samples: Sample[], what: "behind" | "clients"): Point[] {
  return samples.map((sample) => ({ at: sample.at, value: sample[what] }));
}

/** The points of a line in a box, time from left to right; a flat one lies at the bottom. */
export function lineOf(points: Point[], width: number, height: number): string {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return "";
  const span = Math.max(1, last.at - first.at);
  const most = Math.max(1, ...points.map(({ value }) => value));
  const place = ({ at, value }: Point) => {
    const x = ((at - first.at) / span) * width;
    const y = height - (value / most) * height;
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  };
  return points.map(place).join(" ");
}
