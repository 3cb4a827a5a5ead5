import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { api, ok } from "~/api/client";
import { ApiError } from "~/api/errors";
import { keys } from "~/api/keys";

const FRESH_MS = 10 * 60_000;

/** Null where there is no picture, or none for us: both are the same 404. */
async function fetchPicture(accountId: string): Promise<Blob | null> {
  const path = { account_id: accountId };
  const answer = api.GET("/api/users/{account_id}/picture", {
    params: { path },
    parseAs: "blob",
  });
  try {
    return (await ok(answer)) as Blob;
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null;
    throw error;
  }
}

/**
 * A URL under which the browser shows somebody's picture, which takes a token and so can not be
 * a plain `src`. Null until it is there, and where there is none. The picture is kept once for
 * all places that show it; each place gives its URL back.
 */
export function usePicture(accountId: string | null): string | null {
  const { data = null } = useQuery({
    queryKey: keys.picture(accountId ?? ""),
    queryFn: () => fetchPicture(accountId ?? ""),
    enabled: accountId !== null,
    staleTime: FRESH_MS,
  });
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (data === null) {
      setUrl(null);
      return;
    }
    const made = URL.createObjectURL(data);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [data]);
  return url;
}
