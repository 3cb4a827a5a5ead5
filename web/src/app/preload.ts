/**
 * Once the first page stands, everything that its reader may open is loaded behind its back. So
 * nothing of the client itself is missing when the line is.
 */
import { type AnyRoute, useRouter } from "@tanstack/react-router";
import { useEffect } from "react";
import type { Role } from "~/api/schema";
import { isFor } from "~/app/roots";
import { loadAllTexts } from "~/i18n/i18n";
import { useMe } from "~/session/useSession";
import { partsOf } from "~/ui/part";

/** What the first page itself asks for goes first. */
const AFTER_MS = 1_000;

export function usePreload(): void {
  const { role } = useMe();
  const { routesById } = useRouter();
  useEffect(() => {
    const stop = new AbortController();
    const begin = () => void preload(role, Object.values(routesById), stop.signal);
    const timer = setTimeout(begin, AFTER_MS);
    // What did not come the first time; what is here already costs nothing.
    window.addEventListener("online", begin);
    return () => {
      clearTimeout(timer);
      window.removeEventListener("online", begin);
      stop.abort();
    };
  }, [role, routesById]);
}

/** One after the other, whenever the page has nothing else to do. */
async function preload(role: Role, routes: AnyRoute[], stop: AbortSignal): Promise<void> {
  for (const route of routes.filter((one) => isFor(role, one))) {
    await idle();
    if (stop.aborted) return;
    await route.options.component?.preload?.();
  }
  // They are asked for until they come, which nothing else waits for.
  void loadAllTexts();
  for (const part of partsOf(role)) {
    await idle();
    if (stop.aborted) return;
    await part();
  }
}

/** Safari has no word for it: there, after a moment. */
function idle(): Promise<unknown> {
  return new Promise((resolve) => {
    if ("requestIdleCallback" in window) window.requestIdleCallback(resolve, { timeout: 2_000 });
    else setTimeout(resolve, 200);
  });
}
