import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, ok } from "~/api/client";
import { ApiError } from "~/api/errors";
import { keys } from "~/api/keys";
import type {
  DeactivateReason,
  RefuseReason,
  RestoreAccountReason,
  Role,
  User,
  Users,
} from "~/api/schema";
import type { PeopleFilter } from "~/features/people/routes";
import { toast } from "~/ui/toast";
import { useErrorWords } from "~/ui/useErrorWords";

const PAGE = 50;

/** Beginnings of names; or, where that finds nobody, the one who logs in with it. */
async function search(words: string, filter: PeopleFilter, after: string | null): Promise<Users> {
  const name = words === "" ? {} : { name: words };
  const body = { ...name, ...filter, limit: PAGE, ...(after === null ? {} : { after }) };
  const found = await ok(api.POST("/api/users/search", { body }));
  const isOneWord = words !== "" && !/\s/.test(words);
  if (found.users.length > 0 || after !== null || !isOneWord) return found;
  return ok(api.POST("/api/users/search", { body: { login: words } }));
}

export function usePeople(words: string, filter: PeopleFilter) {
  return useInfiniteQuery({
    queryKey: [...keys.people, "found", words, filter],
    queryFn: ({ pageParam }) => search(words, filter, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
}

export function usePerson(accountId: string) {
  const path = { account_id: accountId };
  return useQuery({
    queryKey: [...keys.people, "one", accountId],
    queryFn: () => ok(api.GET("/api/users/{account_id}", { params: { path } })),
  });
}

export function useApprovals(limit = PAGE) {
  return useInfiniteQuery({
    queryKey: [...keys.approvals, limit],
    queryFn: ({ pageParam }) => {
      const query = { limit, ...(pageParam === null ? {} : { after: pageParam }) };
      return ok(api.GET("/api/approvals", { params: { query } }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
}

/** What an administrator decides about an account. */
export type Decision =
  | { what: "approve"; role: Role }
  | { what: "refuse"; reason: RefuseReason }
  | { what: "role"; role: Role }
  | { what: "deactivate"; reason: DeactivateReason }
  | { what: "restore"; reason: RestoreAccountReason };

function carryOut(accountId: string, decision: Decision): Promise<User> {
  const params = { path: { account_id: accountId } };
  switch (decision.what) {
    case "approve": {
      const body = { role: decision.role };
      return ok(api.POST("/api/users/{account_id}/approve", { params, body }));
    }
    case "refuse": {
      const body = { reason: decision.reason };
      return ok(api.POST("/api/users/{account_id}/refuse", { params, body }));
    }
    case "role": {
      const body = { role: decision.role };
      return ok(api.PUT("/api/users/{account_id}/role", { params, body }));
    }
    case "deactivate": {
      const body = { reason: decision.reason };
      return ok(api.POST("/api/users/{account_id}/deactivate", { params, body }));
    }
    case "restore": {
      const body = { reason: decision.reason };
      return ok(api.POST("/api/users/{account_id}/restore", { params, body }));
    }
  }
}

/**
 * Decides. Doing the same twice changes nothing, so it may simply be sent again. Where somebody
 * else was faster, the account is not what it was, and may be gone from the page at once: so that
 * is said in a notice of its own, and is no `error`.
 */
export function useDecide(accountId: string, onDone: () => void) {
  const queries = useQueryClient();
  const words = useErrorWords("people");
  const decide = useMutation({
    mutationFn: (decision: Decision) => carryOut(accountId, decision),
    // At once: when the lists are there again, whoever decided may be gone from the page.
    onSuccess: onDone,
    onError: (error) => {
      if (isTooLate(error)) toast(words(error), true);
    },
    onSettled: () =>
      Promise.all(
        [keys.people, keys.approvals, keys.deletedItems].map((queryKey) =>
          queries.invalidateQueries({ queryKey }),
        ),
      ),
  });
  return { ...decide, error: isTooLate(decide.error) ? null : decide.error };
}

function isTooLate(error: unknown): boolean {
  return error instanceof ApiError && error.status === 409;
}
