import { describe, expect, test } from "vitest";
import type { SystemHealth } from "~/api/schema";
import { eventRate, lineOf, SAMPLES_MAX, type Sample, withSample } from "~/features/system/samples";

function health(second: number, head: number, behind = 0): SystemHealth {
  return {
    version: "1",
    at: new Date(second * 1000).toISOString(),
    uptime_seconds: 5,
    log_head: head,
    clients_connected: 3,
    clients_max: 10,
    readers: [
      { name: "accounts", kind: "read_model", active: true, position: 1, behind: 0, stopped: null },
      { name: "trail", kind: "read_model", active: true, position: 1, behind, stopped: null },
    ],
  };
}

describe("what is kept of the measurements", () => {
  test("is bounded, in order, and each once", () => {
    let samples: Sample[] = [];
    for (let second = 0; second < 200; second += 1)
      samples = withSample(samples, health(second, 1));
    expect(samples).toHaveLength(SAMPLES_MAX);
    expect(samples[0]?.at).toBe(80_000);
    expect(withSample(samples, health(199, 1))).toBe(samples);
  });

  test("says how far the slowest is, and how many events come in a minute", () => {
    const samples = withSample(withSample([], health(0, 10)), health(5, 12, 7));
    expect(samples[1]).toEqual({ at: 5_000, head: 12, behind: 7, clients: 3 });
    expect(eventRate(samples)).toEqual([{ at: 5_000, value: 24 }]);
    expect(eventRate(samples.slice(0, 1))).toEqual([]);
  });

  test("is a line from the left to the right", () => {
    expect(lineOf([], 100, 20)).toBe("");
    const points = [
      { at: 0, value: 0 },
      { at: 10, value: 4 },
      { at: 20, value: 2 },
    ];
    expect(lineOf(points, 100, 20)).toBe("0.0,20.0 50.0,0.0 100.0,10.0");
  });
});
