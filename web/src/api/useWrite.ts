import { type QueryKey, useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { wasChanged } from "~/api/errors";

/** For `If-Match`: what somebody saw, by its version or by its `ETag`. */
export function ifMatch(seen: number | string) {
  return { "If-Match": typeof seen === "number" ? `"${seen}"` : seen };
}

/**
 * The ids under which things are written. The same content keeps its id, so that sending it
 * again after an answer was lost does nothing twice; other content is another wish.
 */
export class ClientIds {
  #content = "";
  #id = "";

  of(content: unknown): string {
    const text = JSON.stringify(content) ?? "";
    if (this.#id === "" || text !== this.#content) {
      this.#content = text;
      this.#id = crypto.randomUUID();
    }
    return this.#id;
  }

  /** It is known to be done: the same once more is another wish. */
  done(): void {
    this.#id = "";
  }
}

/**
 * A write with an id of its own, for which {@link ClientIds} stands. What is named `outdated` is
 * fetched again: in passing once it was done, or, whatever came of it, `first`, before anything
 * is said of it. Where somebody else had changed it since it was read, that is always so: what
 * one is asked to look at again is there to be looked at.
 */
export function useWrite<Input, Output>(
  write: (input: Input, clientId: string) => Promise<Output>,
  outdated: readonly QueryKey[],
  refresh: "in_passing" | "first" = "in_passing",
) {
  const client = useQueryClient();
  const [ids] = useState(() => new ClientIds());
  const invalidate = () =>
    Promise.all(outdated.map((queryKey) => client.invalidateQueries({ queryKey })));
  return useMutation({
    mutationFn: (input: Input) => write(input, ids.of(input)),
    onSuccess: () => {
      ids.done();
      if (refresh === "in_passing") void invalidate();
    },
    onSettled: (_done, error) =>
      refresh === "first" || wasChanged(error) ? invalidate() : undefined,
  });
}
