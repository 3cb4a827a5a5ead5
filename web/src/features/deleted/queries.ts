import { useInfiniteQuery, useMutation, useQueries, useQueryClient } from "@tanstack/react-query";
import { api, ok } from "~/api/client";
import { ApiError } from "~/api/errors";
import { keys } from "~/api/keys";
import type { DeletedItem, User } from "~/api/schema";
import {
  type DeletedFilter,
  periodOf,
  type ReasonOf,
  type RestoreReason,
} from "~/features/deleted/kinds";
import { toast } from "~/ui/toast";
import { useErrorWords } from "~/ui/useErrorWords";

const PAGE = 50;

export function useDeletedItems(filter: DeletedFilter, limit = PAGE) {
  return useInfiniteQuery({
    queryKey: [...keys.deletedItems, filter, limit],
    queryFn: ({ pageParam }) => {
      const { from: _from, until: _until, ...which } = filter;
      const after = pageParam === null ? {} : { after: pageParam };
      const query = { ...which, ...periodOf(filter), limit, ...after };
      return ok(api.GET("/api/deleted-items", { params: { query } }));
    },
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
  });
}

/** The people of a list, each asked for once; who is not there yet is not in the answer. */
export function usePeopleOf(ids: string[]): Map<string, User> {
  return useQueries({
    queries: [...new Set(ids)].map((accountId) => ({
      queryKey: [...keys.people, "one", accountId],
      queryFn: () =>
        ok(api.GET("/api/users/{account_id}", { params: { path: { account_id: accountId } } })),
    })),
    combine: (all) =>
      new Map(all.flatMap(({ data }) => (data === undefined ? [] : [[data.account_id, data]]))),
  });
}

export interface Restoring {
  item: DeletedItem;
  reason: RestoreReason;
  /** For an appointment whose time another has, or one of whose two people is gone. */
  asCancelled?: boolean;
}

async function restore({ item, reason, asCancelled = false }: Restoring): Promise<void> {
  const { id, kind } = item;
  switch (kind) {
    case "message": {
      const params = { path: { room_id: id, number: item.number ?? 0 } };
      const body = { reason: reason as ReasonOf["message"] };
      await ok(api.POST("/api/rooms/{room_id}/messages/{number}/restore", { params, body }));
      return;
    }
    case "appointment": {
      const params = { path: { appointment_id: id } };
      const how = asCancelled ? { as: "cancelled" as const } : {};
      const body = { reason: reason as ReasonOf["appointment"], ...how };
      await ok(api.POST("/api/appointments/{appointment_id}/restore", { params, body }));
      return;
    }
    case "consultation": {
      const params = { path: { consultation_id: id } };
      const body = { reason: reason as ReasonOf["consultation"] };
      await ok(api.POST("/api/consultations/{consultation_id}/restore", { params, body }));
      return;
    }
    case "account": {
      const params = { path: { account_id: id } };
      const body = { reason: reason as ReasonOf["account"] };
      await ok(api.POST("/api/users/{account_id}/restore", { params, body }));
      return;
    }
  }
}

/**
 * Brings something back. Where somebody else was faster, it is gone from the list at once: so
 * that is said in a notice of its own, and is no `error`.
 */
export function useRestore(onDone: (restoring: Restoring) => void, onGone: () => void) {
  const queries = useQueryClient();
  const words = useErrorWords("deleted");
  const bringBack = useMutation({
    mutationFn: restore,
    // At once: when the list is there again, the item is gone from it.
    onSuccess: (_, restoring) => onDone(restoring),
    onError: (error) => {
      if (!isTooLate(error)) return;
      toast(words(error), true);
      onGone();
    },
    onSettled: () =>
      Promise.all(
        [keys.deletedItems, keys.people].map((queryKey) => queries.invalidateQueries({ queryKey })),
      ),
  });
  return { ...bringBack, error: isTooLate(bringBack.error) ? null : bringBack.error };
}

function isTooLate(error: unknown): boolean {
  return error instanceof ApiError && error.code.endsWith("_not_deleted");
}

/** Hides a message from both of a conversation, unseen. Doing so again changes nothing. */
export function useHideMessage() {
  return useMutation({
    mutationFn: ({ roomId, number }: { roomId: string; number: number }) => {
      const params = { path: { room_id: roomId, number } };
      const body = { reason: "wrong_patient" as const };
      return ok(api.POST("/api/rooms/{room_id}/messages/{number}/report", { params, body }));
    },
  });
}
