import { useState } from "react";
import type { AppointmentHistoryLine, AppointmentWithHistory } from "~/api/schema";

export interface Current {
  value: AppointmentWithHistory;
  etag: string | null;
}

interface Seen {
  /** What somebody decided upon: its version goes along with the change. */
  seen: Current;
  /** What happened to it since. */
  meanwhile: AppointmentHistoryLine[];
  /** From here on they know what happened. */
  acknowledge: () => void;
}

/**
 * Holds on to the version that somebody saw when they began to change an appointment, while
 * the newest one may come in at any time: nothing is changed that was not seen.
 */
export function useSeen(current: Current): Seen {
  const [seen, setSeen] = useState(current);
  const meanwhile = current.value.history.filter(({ version }) => version > seen.value.version);
  return { seen, meanwhile, acknowledge: () => setSeen(current) };
}
