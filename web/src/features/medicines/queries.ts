import { infiniteQueryOptions } from "@tanstack/react-query";
import { api, ok } from "~/api/client";
import { keys } from "~/api/keys";

const PAGE = 25;

/** The patient's medicines: those of now, or those of earlier. */
export function medicinesQuery(current: boolean) {
  return infiniteQueryOptions({
    queryKey: [...keys.medicines, "mine", current],
    queryFn: ({ pageParam }) => {
      const after = pageParam === null ? {} : { after: pageParam };
      const query = { current, limit: PAGE, ...after };
      return ok(api.GET("/api/medicines", { params: { query } }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });
}
