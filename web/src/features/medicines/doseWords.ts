/** How something is taken, in one line: how much, which way, how often. */
export function doseWords(taken: {
  dose: string | null;
  route: string | null;
  frequency: string | null;
}): string {
  return [taken.dose, taken.route, taken.frequency].filter((part) => part !== null).join(" · ");
}
