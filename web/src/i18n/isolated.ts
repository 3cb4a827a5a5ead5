/** Letters that are written from the right to the left. */
const RIGHT_TO_LEFT = /\p{Script=Arabic}|\p{Script=Hebrew}/u;

/**
 * A name within a sentence that runs the other way, so that it does not turn what stands beside
 * it around.
 */
export function isolated(name: string, direction: "ltr" | "rtl"): string {
  const runsTheSameWay = RIGHT_TO_LEFT.test(name) === (direction === "rtl");
  return runsTheSameWay ? name : `\u2068${name}\u2069`;
}
