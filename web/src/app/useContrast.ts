import { useSyncExternalStore } from "react";
import { hasHighContrast, onContrastChange } from "~/app/contrast";

/** Whether high contrast is on, also when another page of the browser turns it on. */
export function useHighContrast(): boolean {
  return useSyncExternalStore(onContrastChange, hasHighContrast);
}
