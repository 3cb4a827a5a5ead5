import { useEffect, useRef } from "react";
import { ApiError } from "~/api/errors";

/** The server's ways to say that a time can not be had any more. */
const GONE = new Set(["time_taken", "outside_working_hours", "appointment_in_the_past"]);

/** Lets go of a chosen time once the server says that somebody else has it. */
export function useStillFree(error: Error | null, letGo: () => void): void {
  const last = useRef(letGo);
  last.current = letGo;
  useEffect(() => {
    if (error instanceof ApiError && GONE.has(error.code)) last.current();
  }, [error]);
}
