/**
 * The reader's way of writing dates in a language: that of the browser's settings, where these
 * name the language with a country. The texts know only the language, and English alone would
 * mean American dates to a hospital in Leeds.
 */
export function localeOf(language: string): string {
  const chosen = navigator.languages.find((one) => one.split("-")[0] === language);
  return chosen ?? language;
}
