import { QueryClient } from "@tanstack/react-query";
import { ApiError } from "~/api/errors";

const ATTEMPTS_MAX = 3;

/** A refusal stays one, however often it is asked for; what passes is tried again. */
function worthAnother(failures: number, error: Error): boolean {
  const passing = !(error instanceof ApiError) || error.status >= 500;
  return passing && failures < ATTEMPTS_MAX;
}

/**
 * Everything that the page knows of the server. What is here is kept up to date by the live
 * feed (`live/apply`), so it is not fetched again merely because time has passed.
 */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { retry: worthAnother, staleTime: 60_000, networkMode: "always" },
    mutations: { retry: false, networkMode: "always" },
  },
});
