import { useEffect, useState } from "react";

const EVERY_MS = 30_000;

/** The time, for words such as "in 5 minutes", which would be wrong after a while. */
export function useNow(): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const tick = setInterval(() => setNow(new Date()), EVERY_MS);
    return () => clearInterval(tick);
  }, []);
  return now;
}
