import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { api, ok } from "~/api/client";
import { keys } from "~/api/keys";
import { type Sample, withSample } from "~/features/system/samples";

const EVERY_MS = 5_000;

/** How the server is doing. It is asked again while somebody looks at the page, and not else. */
export function useSystemHealth(everyMs: number = EVERY_MS) {
  return useQuery({
    queryKey: keys.system,
    queryFn: () => ok(api.GET("/api/system")),
    refetchInterval: everyMs,
    retry: false,
    staleTime: 0,
  });
}

/** The measurements since the page was opened, at most ten minutes of them. */
export function useSamples(): Sample[] {
  const { data } = useSystemHealth();
  const [samples, setSamples] = useState<Sample[]>([]);
  useEffect(() => {
    if (data !== undefined) setSamples((before) => withSample(before, data));
  }, [data]);
  return samples;
}
