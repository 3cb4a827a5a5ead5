/**
 * High contrast: stronger colours and lines, for whoever needs them. What was chosen here is
 * remembered; otherwise it is as the system says. The colours are in `contrast.css`.
 */
import "~/app/contrast.css";

const REMEMBERED = "anamnesis.contrast";
const MORE = "more";

const wish = window.matchMedia?.("(prefers-contrast: more)");
const listeners = new Set<() => void>();

function chosen(): boolean | null {
  const kept = localStorage.getItem(REMEMBERED);
  return kept === null ? null : kept === MORE;
}

export function hasHighContrast(): boolean {
  return chosen() ?? wish?.matches ?? false;
}

/** Applies to every page of this browser from now on. */
export function chooseHighContrast(more: boolean): void {
  localStorage.setItem(REMEMBERED, more ? MORE : "normal");
  show();
}

/** For `useSyncExternalStore`. */
export function onContrastChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function show(): void {
  document.documentElement.dataset.contrast = hasHighContrast() ? MORE : "normal";
  for (const listener of listeners) listener();
}

show();
wish?.addEventListener("change", show);
window.addEventListener("storage", show);
