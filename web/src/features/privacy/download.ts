/** Fetches everything about the patient as a file, and sees to it that it is whole. */
import { api, ok } from "~/api/client";
import { NoAnswer } from "~/api/errors";
import type { DownloadFormat } from "~/api/schema";

/** The file ended before it said that it was complete. */
export class CutShort extends Error {
  constructor() {
    super("the file was cut short");
    this.name = "CutShort";
  }
}

const TYPES: Record<DownloadFormat, string> = { json: "application/json", html: "text/html" };

/** How a whole file ends, as the server promises. */
const ENDS: Record<DownloadFormat, RegExp> = {
  json: /"complete":true\}\s*$/,
  html: /This is complete: [^<]*<\/p>(\s*<\/?[a-z]+>)*\s*$/,
};
/** Enough of the end to see that. */
const TAIL_BYTES = 400;

/** Whether a file with this end is all of it. */
export function isWhole(format: DownloadFormat, tail: string): boolean {
  return ENDS[format].test(tail);
}

/** Fetches the file piece by piece, telling how many bytes have come. */
export async function fetchMyData(
  format: DownloadFormat,
  signal: AbortSignal,
  onProgress: (bytes: number) => void,
): Promise<Blob> {
  const asked = api.GET("/api/my-data", {
    params: { query: { format } },
    parseAs: "stream",
    signal,
    // It is told as of now in any case; there is nothing newer to wait for.
    cache: "no-store",
  });
  const content = (await ok(asked)) as unknown as ReadableStream<Uint8Array<ArrayBuffer>>;
  const file = await collect(content, TYPES[format], onProgress);
  const tail = await file.slice(Math.max(0, file.size - TAIL_BYTES)).text();
  if (!isWhole(format, tail)) throw new CutShort();
  return file;
}

async function collect(
  content: ReadableStream<Uint8Array<ArrayBuffer>>,
  type: string,
  onProgress: (bytes: number) => void,
): Promise<Blob> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  const reader = content.getReader();
  for (;;) {
    const { done, value } = await reader.read().catch((error: unknown) => {
      throw new NoAnswer(error);
    });
    if (done) return new Blob(pieces, { type });
    pieces.push(value);
    bytes += value.byteLength;
    onProgress(bytes);
  }
}

/** Hands a file to the browser, which keeps it where it keeps what people download. */
export function save(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken it over by the next turn.
  setTimeout(() => URL.revokeObjectURL(address), 0);
}
