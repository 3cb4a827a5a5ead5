const FIRST_MS = 500;
const MOST_MS = 20_000;

/**
 * How long to wait after so many attempts in a row that failed: a little longer each time, with
 * some chance in it, so that not everybody comes back at the same moment.
 */
export function backoff(attempts: number, random: () => number = Math.random): number {
  const longest = Math.min(MOST_MS, FIRST_MS * 2 ** Math.max(0, attempts - 1));
  return longest * (0.5 + random() / 2);
}
