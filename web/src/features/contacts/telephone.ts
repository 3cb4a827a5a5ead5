/** Where a telephone number leads: digits, with a leading plus if there is one. */
export function telephone(number: string): string {
  const digits = number.replace(/[^\d+]/g, "").replace(/(?!^)\+/g, "");
  return `tel:${digits}`;
}
