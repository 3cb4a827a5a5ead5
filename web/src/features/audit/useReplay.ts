import { useEffect, useRef, useState } from "react";
import { api } from "~/api/client";
import { refusal } from "~/api/errors";
import type { ReplayedEvent } from "~/api/schema";
import { type Ending, endingOf, linesOf } from "./stream";

export interface ReplayQuery {
  from?: string;
  to?: string;
  stream?: string;
  actor?: string;
}

export interface Replay {
  status: "idle" | "running" | "failed" | "stopped" | "full" | "done";
  events: ReplayedEvent[];
  ending: Ending | null;
  error: unknown;
}

/** More is not kept in a page: who needs more takes it along as a file. */
export const REPLAY_MAX = 20_000;
const TELL_EVERY = 100;

/** The log as it is told, event by event, as it comes. */
export function useReplay() {
  const [replay, setReplay] = useState<Replay>(nothing("idle"));
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  const start = async (query: ReplayQuery) => {
    running.current?.abort();
    const abort = new AbortController();
    running.current = abort;
    const events: ReplayedEvent[] = [];
    const tell = (status: Replay["status"], more: Partial<Replay> = {}) =>
      setReplay({ ...nothing(status), events: [...events], ...more });
    tell("running");
    try {
      let last: string | undefined;
      for await (const line of linesOf(await open(query, abort.signal))) {
        last = line;
        const event = eventOf(line);
        if (event !== null) events.push(event);
        if (events.length % TELL_EVERY === 0) tell("running");
        if (events.length >= REPLAY_MAX) return tell("full");
      }
      tell("done", { ending: endingOf(last) });
    } catch (error) {
      if (running.current !== abort) return;
      tell(abort.signal.aborted ? "stopped" : "failed", { error });
    }
  };
  return { replay, start, stop: () => running.current?.abort() };
}

function nothing(status: Replay["status"]): Replay {
  return { status, events: [], ending: null, error: null };
}

async function open(query: ReplayQuery, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
  const { data, error, response } = await api.GET("/api/audit/replay", {
    params: { query: { ...query, words: true } },
    parseAs: "stream",
    signal,
  });
  if (error !== undefined || data === undefined || data === null) {
    throw refusal(response.status, error);
  }
  return data as ReadableStream<Uint8Array>;
}

function eventOf(line: string): ReplayedEvent | null {
  const said: unknown = JSON.parse(line);
  const isEvent = typeof said === "object" && said !== null && "position" in said;
  return isEvent ? (said as ReplayedEvent) : null;
}
