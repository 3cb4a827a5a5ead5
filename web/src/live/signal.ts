import { useSyncExternalStore } from "react";

/** A value that parts of the page follow, and that lives outside of them. */
export class Signal<T> {
  readonly #listeners = new Set<() => void>();

  constructor(private value: T) {}

  readonly get = (): T => this.value;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  set(value: T): void {
    if (Object.is(value, this.value)) return;
    this.value = value;
    for (const listener of this.#listeners) listener();
  }
}

export function useSignal<T, S = T>(signal: Signal<T>, select?: (value: T) => S): S {
  return useSyncExternalStore(signal.subscribe, () =>
    select === undefined ? (signal.get() as unknown as S) : select(signal.get()),
  );
}
