/**
 * What is told line by line, as long as it takes: replays and exports. The last line says that
 * it is complete; without it something is missing.
 */
import type { ReplayEnd } from "~/api/schema";

/** Gives a text out in lines, whatever the pieces are in which it comes. */
export async function* linesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  const reader = stream.getReader();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      rest += done ? decoder.decode() : decoder.decode(value, { stream: true });
      const lines = rest.split("\n");
      rest = done ? "" : (lines.pop() ?? "");
      for (const line of lines) if (line.trim() !== "") yield line.replace(/\r$/, "");
      if (done) return;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

export type Ending = { complete: true; end: ReplayEnd } | { complete: false; why: string | null };

/** What the last line of JSON Lines or CSV says of all before it. */
export function endingOf(line: string | undefined): Ending {
  const said = parsed(line?.startsWith("{") ? line : lastCell(line ?? ""));
  if (isEnd(said)) return { complete: true, end: said };
  return { complete: false, why: whyOf(said) };
}

/** Of a row `end,…,"{""complete"":…}"`, the last cell as it was before it was quoted. */
function lastCell(row: string): string {
  const cell = /^(?:end|error),.*?"(\{.*\})"$/.exec(row)?.[1];
  return cell?.replaceAll('""', '"') ?? "";
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isEnd(said: unknown): said is ReplayEnd {
  return typeof said === "object" && said !== null && "complete" in said && said.complete === true;
}

function whyOf(said: unknown): string | null {
  if (typeof said !== "object" || said === null || !("error" in said)) return null;
  const { error } = said;
  const told = typeof error === "object" && error !== null && "message" in error;
  return told && typeof error.message === "string" ? error.message : null;
}
