/** The nonce that this page's policy allows styles under; the server makes one per answer. */
export function nonce(): string {
  const mark = document.querySelector<HTMLElement>('meta[property="csp-nonce"]');
  return mark?.nonce ?? "";
}
