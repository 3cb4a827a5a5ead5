/** As the server splits names, and what is looked for in them. */
function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^\p{Alphabetic}\p{N}]+/u)
    .filter((word) => word !== "");
}

/** Whether every word that was typed begins a word of the label. */
export function nameFits(label: string, typed: string): boolean {
  const words = wordsOf(label);
  return wordsOf(typed).every((part) => words.some((word) => word.startsWith(part)));
}
