import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import type { TrailLine } from "~/api/schema";
import { timelineQuery } from "../queries";

/** So many events are taken at once; a longer life goes on when it is asked for. */
const STEPS_AT_ONCE = 2_000;

export interface Steps {
  lines: TrailLine[];
  /** Whether the life is longer than the lines. */
  more: boolean;
  settled: boolean;
  error: Error | null;
  loadMore: () => void;
  retry: () => void;
}

/** The events of a record, each of which is a step of its past. */
export function useSteps(kind: string, id: string, upTo: number | undefined): Steps {
  const timeline = useInfiniteQuery(timelineQuery(kind, id));
  const { data, hasNextPage, isFetching, isError, fetchNextPage, refetch } = timeline;
  const lines = useMemo(() => data?.pages.flatMap((page) => page.events) ?? [], [data]);
  const reached = upTo === undefined || (lines.at(-1)?.position ?? 0) >= upTo;
  const wanted = hasNextPage && !isError && (lines.length < STEPS_AT_ONCE || !reached);
  useEffect(() => {
    if (wanted && !isFetching) void fetchNextPage();
  }, [wanted, isFetching, fetchNextPage]);
  return {
    lines,
    more: hasNextPage,
    settled: data !== undefined && !wanted,
    error: timeline.error,
    loadMore: () => void fetchNextPage(),
    retry: () => void refetch(),
  };
}
