/** Everything that is asked of the trail. Each look is itself recorded, so none is repeated idly. */
import { infiniteQueryOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import { api, ok } from "~/api/client";
import { keys } from "~/api/keys";
import type { Grant, GrantState, NewSavedSearch, NewTrailReview, SavedSearch } from "~/api/schema";
import { useWrite } from "~/api/useWrite";
import type { Filters } from "./filters";

const PAGE = 50;

export const auditKeys = {
  search: [...keys.audit, "search"] as const,
  timeline: [...keys.audit, "timeline"] as const,
  people: [...keys.audit, "people"] as const,
  known: [...keys.audit, "known"] as const,
  searches: [...keys.audit, "searches"] as const,
  reviews: [...keys.audit, "reviews"] as const,
  grants: [...keys.audit, "grants"] as const,
  reports: [...keys.audit, "reports"] as const,
  asOf: [...keys.audit, "as_of"] as const,
  fields: [...keys.audit, "fields"] as const,
  couldSee: [...keys.audit, "could_see"] as const,
  /** What was read under a grant; thrown away when it is over. */
  content: [...keys.audit, "content"] as const,
};

/** The lines that all filters hold for, the latest first. */
export function searchQuery(filters: Filters, limit = PAGE) {
  return infiniteQueryOptions({
    queryKey: [...auditKeys.search, filters, limit],
    queryFn: ({ pageParam, signal }) => {
      const query = { ...filters, limit, ...(pageParam === null ? {} : { before: pageParam }) };
      return ok(api.GET("/api/audit/events", { params: { query }, signal }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
}

/** Everything about one record, the first first. */
export function timelineQuery(kind: string, id: string) {
  return infiniteQueryOptions({
    queryKey: [...auditKeys.timeline, kind, id],
    queryFn: ({ pageParam, signal }) => {
      const query = { limit: 100, ...(pageParam === null ? {} : { after: pageParam }) };
      const params = { path: { kind, id }, query };
      return ok(api.GET("/api/audit/timeline/{kind}/{id}", { params, signal }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
}

export const searchesQuery = queryOptions({
  queryKey: auditKeys.searches,
  queryFn: ({ signal }) => ok(api.GET("/api/audit/searches", { signal })),
});

/** What officers have signed, the latest first. */
export const reviewsQuery = infiniteQueryOptions({
  queryKey: auditKeys.reviews,
  queryFn: ({ pageParam, signal }) => {
    const query = pageParam === null ? {} : { before: pageParam };
    return ok(api.GET("/api/audit/reviews", { params: { query }, signal }));
  },
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.next,
});

/** Break-glass grants, the newest first. */
export function grantsQuery(filter: { state?: GrantState; officer?: string }) {
  return infiniteQueryOptions({
    queryKey: [...auditKeys.grants, "list", filter],
    queryFn: ({ pageParam, signal }) => {
      const query = { ...filter, ...(pageParam === null ? {} : { before: pageParam }) };
      return ok(api.GET("/api/audit/grants", { params: { query }, signal }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    staleTime: 15_000,
  });
}

/** Of a grant that may be open: whether it still is, by this machine's clock. */
export function isOpen(grant: Grant, now: number): boolean {
  return grant.open && Date.parse(grant.expires_at) > now;
}

export function couldSeeQuery(person: string, at: string | undefined) {
  return infiniteQueryOptions({
    queryKey: [...auditKeys.couldSee, person, at ?? "now"],
    queryFn: ({ pageParam, signal }) => {
      const query = {
        ...(at === undefined ? {} : { at }),
        ...(pageParam === null ? {} : pageParam),
      };
      const params = { path: { account_id: person }, query };
      return ok(api.GET("/api/audit/could-see/{account_id}", { params, signal }));
    },
    initialPageParam: null as { after: string; position?: number } | null,
    // Further pages are of the same moment, also where that was "now".
    getNextPageParam: (page) =>
      page.next === null
        ? null
        : { after: page.next, ...(at === undefined ? { position: page.position } : {}) },
  });
}

/** Nothing that a grant opened stays in this page's memory once it is over. */
export function forgetContent(client: QueryClient): void {
  client.removeQueries({ queryKey: auditKeys.content });
  client.removeQueries({ queryKey: auditKeys.asOf });
  client.removeQueries({ queryKey: auditKeys.fields });
}

export function useSaveSearch() {
  return useWrite(
    (search: Omit<NewSavedSearch, "client_id">, client_id) => saveSearch({ ...search, client_id }),
    [auditKeys.searches],
    "first",
  );
}

export function useDeleteSearch() {
  return useWrite(deleteSearch, [auditKeys.searches], "first");
}

type Renaming = Omit<NewSavedSearch, "client_id"> & Pick<SavedSearch, "search_id">;

/** A search has its name for good, so it is kept under the other one before this one goes. */
export function useRenameSearch() {
  return useWrite(
    async ({ search_id, ...search }: Renaming, client_id) => {
      await saveSearch({ ...search, client_id });
      await deleteSearch(search_id);
    },
    [auditKeys.searches],
    "first",
  );
}

function saveSearch(body: NewSavedSearch) {
  return ok(api.POST("/api/audit/searches", { body }));
}

function deleteSearch(search_id: string) {
  const params = { path: { search_id } };
  return ok(api.DELETE("/api/audit/searches/{search_id}", { params }));
}

export function useSignReview() {
  return useWrite(
    (review: Omit<NewTrailReview, "client_id">, client_id) =>
      ok(api.POST("/api/audit/reviews", { body: { ...review, client_id } })),
    [auditKeys.reviews],
  );
}
