import { useCallback, useEffect, useRef, useState } from "react";
import { api } from "~/api/client";
import { refusal } from "~/api/errors";
import type { Format } from "~/api/schema";
import { type Ending, endingOf, linesOf } from "./stream";

export interface ExportQuery {
  format: Format;
  from?: string;
  to?: string;
  actor?: string;
  patient?: string;
  stream?: string;
}

export type ExportState =
  | { status: "idle" }
  | { status: "running"; lines: number }
  | { status: "failed"; error: unknown }
  | { status: "done"; ending: Ending; name: string; url: string };

/** So often the count is told anew while it runs. */
const TELL_EVERY = 200;

/**
 * Takes an export as it comes and keeps it as a file in this page's memory, to be saved. Where
 * it breaks off, what came is a file as well, and is said not to be complete.
 */
export function useExport() {
  const [state, setState] = useState<ExportState>({ status: "idle" });
  const running = useRef<AbortController | null>(null);
  const made = useRef<string | null>(null);
  const forget = useCallback(() => {
    running.current?.abort();
    if (made.current !== null) URL.revokeObjectURL(made.current);
  }, []);
  useEffect(() => forget, [forget]);
  const start = async (query: ExportQuery) => {
    forget();
    const abort = new AbortController();
    running.current = abort;
    setState({ status: "running", lines: 0 });
    try {
      const taken = await take(query, abort.signal, (lines) =>
        setState({ status: "running", lines }),
      );
      made.current = taken.url;
      setState({ status: "done", ...taken });
    } catch (error) {
      setState(abort.signal.aborted ? { status: "idle" } : { status: "failed", error });
    }
  };
  return { state, start, stop: () => running.current?.abort() };
}

async function take(query: ExportQuery, signal: AbortSignal, tell: (lines: number) => void) {
  const { data, error, response } = await api.GET("/api/audit/export", {
    params: { query },
    parseAs: "stream",
    signal,
  });
  if (error !== undefined || data === undefined || data === null) {
    throw refusal(response.status, error);
  }
  const kept: string[] = [];
  const newline = query.format === "csv" ? "\r\n" : "\n";
  let last: string | undefined;
  try {
    for await (const line of linesOf(data as ReadableStream<Uint8Array>)) {
      last = line;
      kept.push(line + newline);
      if (kept.length % TELL_EVERY === 0) tell(kept.length);
    }
  } catch (broken) {
    if (signal.aborted || kept.length === 0) throw broken;
  }
  const type = query.format === "csv" ? "text/csv" : "application/x-ndjson";
  const url = URL.createObjectURL(new Blob(kept, { type }));
  return { ending: endingOf(last), name: nameOf(response, query.format), url };
}

function nameOf(response: Response, format: Format): string {
  const said = response.headers.get("content-disposition") ?? "";
  return /filename="([\w.-]+)"/.exec(said)?.[1] ?? `anamnesis.${format}`;
}
