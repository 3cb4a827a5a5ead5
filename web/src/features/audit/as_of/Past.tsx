import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import type { TrailLine } from "~/api/schema";
import { ErrorNotice } from "~/ui/ErrorNotice";
import { Placeholders } from "../ListParts";
import { Moment } from "./Moment";
import { asOfQuery } from "./queries";
import { useWalk } from "./useWalk";
import { Walker } from "./Walker";

interface Props {
  kind: string;
  id: string;
  lines: TrailLine[];
  /** A position to begin at; the present without it. */
  start?: number;
}

/** The slider, and what stands at the place where it rests. */
export function Past({ kind, id, lines, start }: Props) {
  const client = useQueryClient();
  const last = lines.length - 1;
  const walk = useWalk(indexOf(lines, start), last, (rested) => {
    const { queryKey } = asOfQuery(kind, id, lines[rested]?.position);
    return client.getQueryState(queryKey)?.status !== "pending";
  });
  const here = lines[walk.rested];
  const before = lines[walk.rested - 1];
  const next = lines[walk.rested + 1];
  const now = useQuery({
    ...asOfQuery(kind, id, here?.position),
    enabled: here !== undefined,
    placeholderData: keepPreviousData,
  });
  const previous = useQuery({
    ...asOfQuery(kind, id, before?.position),
    enabled: before !== undefined && now.isSuccess && !now.isPlaceholderData,
  });
  useKeepAddress(here?.position);
  usePrefetched(kind, id, previous.isFetching || now.isFetching ? undefined : next?.position);
  return (
    <>
      <Walker lines={lines} walk={walk} />
      {now.isPending && <Placeholders />}
      {now.isError && <ErrorNotice error={now.error} onRetry={() => void now.refetch()} />}
      {now.data !== undefined && !now.isError && here !== undefined && (
        <Moment
          kind={kind}
          id={id}
          now={now.data}
          before={before === undefined ? null : previous.data}
          line={here}
          late={now.isPlaceholderData || walk.index !== walk.rested}
        />
      )}
    </>
  );
}

/** The last event that was at or before a position. */
function indexOf(lines: TrailLine[], position: number | undefined): number {
  if (position === undefined) return Math.max(0, lines.length - 1);
  return Math.max(
    0,
    lines.findLastIndex((line) => line.position <= position),
  );
}

/** The address names the moment, so it can be told to somebody else. */
function useKeepAddress(position: number | undefined) {
  const navigate = useNavigate({ from: "/as-of/$kind/$id" });
  useEffect(() => {
    if (position === undefined) return;
    void navigate({ to: ".", search: { position }, replace: true, resetScroll: false });
  }, [position, navigate]);
}

/** One step on is there before it is asked for; one back is held for what changed. */
function usePrefetched(kind: string, id: string, position: number | undefined) {
  const client = useQueryClient();
  useEffect(() => {
    if (position !== undefined) void client.prefetchQuery(asOfQuery(kind, id, position));
  }, [client, kind, id, position]);
}
