import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, ok, versioned } from "~/api/client";
import { keys } from "~/api/keys";
import type { ProfileChanges } from "~/api/schema";
import { session } from "~/session/session";
import { useMe } from "~/session/useSession";

const own = [...keys.me, "versioned"] as const;

/** The own account, with its version: whoever changes it says which one they saw. */
export function useOwnAccount() {
  return useQuery({ queryKey: own, queryFn: () => versioned(api.GET("/api/users/me")) });
}

/** Changes what is given and nothing else, if it still is as it was seen. */
export function useChangeProfile() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ changes, etag }: { changes: ProfileChanges; etag: string | null }) => {
      const headers = etag === null ? {} : { "if-match": etag };
      return versioned(api.PATCH("/api/users/me", { body: changes, headers }));
    },
    onSettled: () => queries.invalidateQueries({ queryKey: keys.me }),
  });
}

/** Another picture, or none. */
export function useChangePicture() {
  const queries = useQueryClient();
  const { accountId } = useMe();
  return useMutation({
    mutationFn: async (picture: File | null) => {
      if (picture === null) await ok(api.DELETE("/api/users/me/picture"));
      else await ok(put(picture));
    },
    onSuccess: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: keys.me }),
        queries.resetQueries({ queryKey: keys.picture(accountId) }),
      ]),
  });
}

function put(picture: File) {
  return api.PUT("/api/users/me/picture", {
    body: picture,
    bodySerializer: () => picture,
    headers: { "content-type": picture.type },
  });
}

/** Ends every session of the account, this one too. */
export function useLogOutEverywhere() {
  return useMutation({
    mutationFn: () => ok(api.POST("/api/auth/logout-everywhere")),
    onSuccess: () => session.logOut("asked"),
  });
}
