import { type QueryKey, useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { ApiError, NoAnswer } from "~/api/errors";

/** Nobody knows whether it was done. */
export function isUnknown(error: unknown): boolean {
  return error instanceof NoAnswer || (error instanceof ApiError && error.status >= 500);
}

/** For `If-Match`: the version that somebody saw. */
export const ifMatch = (version: number) => ({ "If-Match": `"${version}"` });

/**
 * A write with an id of its own, which stays the same as long as the same is asked for and
 * nobody knows whether it was done. Success makes what is named `outdated` out of date.
 */
export function useWrite<Input, Output>(
  write: (input: Input, clientId: string) => Promise<Output>,
  outdated: readonly QueryKey[],
) {
  const client = useQueryClient();
  const open = useRef<{ asked: string; clientId: string } | null>(null);
  return useMutation({
    mutationFn: (input: Input) => {
      const asked = JSON.stringify(input);
      if (open.current?.asked !== asked) open.current = { asked, clientId: crypto.randomUUID() };
      return write(input, open.current.clientId);
    },
    onError: (error) => {
      if (!isUnknown(error)) open.current = null;
    },
    onSuccess: () => {
      open.current = null;
      for (const queryKey of outdated) void client.invalidateQueries({ queryKey });
    },
  });
}
