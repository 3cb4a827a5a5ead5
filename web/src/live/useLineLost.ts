import { useEffect, useState } from "react";
import { useConnection } from "~/live/useLive";

/** A line that is back within this time was not worth a word. */
const QUIET_MS = 1_500;

/** Whether the line to the server is lost; moments do not count. */
export function useLineLost(): boolean {
  const { status } = useConnection();
  const down = status === "waiting" || status === "connecting";
  const [long, setLong] = useState(false);
  useEffect(() => {
    if (!down) {
      setLong(false);
      return;
    }
    const timer = setTimeout(() => setLong(true), QUIET_MS);
    return () => clearTimeout(timer);
  }, [down]);
  return status === "offline" || (down && long);
}
