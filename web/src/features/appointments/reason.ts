/**
 * How much fits into a reason. The server takes 4,096 bytes of UTF-8, and no character has
 * more than four.
 */
export const REASON_CHARS_MAX = 1_000;
