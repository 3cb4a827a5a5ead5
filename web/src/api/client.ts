import createClient, { type Middleware } from "openapi-fetch";
import { NoAnswer, refusal } from "~/api/errors";
import type { paths } from "~/api/schema";
import { session } from "~/session/session";

/** The newest position that this page has seen; what is fetched must not be older. */
let seen: string | null = null;

/** Tells what is fetched from now on to be at least as new as this cursor. Null forgets it. */
export function atLeastAsNewAs(cursor: string | null): void {
  seen = cursor;
}

const authorised: Middleware = {
  async onRequest({ request }) {
    const token = await session.accessToken();
    if (token !== null) request.headers.set("authorization", `Bearer ${token}`);
    if (seen !== null) request.headers.set("anamnesis-cursor", seen);
    return request;
  },
  onError({ error }) {
    return new NoAnswer(error);
  },
  async onResponse({ response }) {
    if (response.status === 401) session.expired();
    return response;
  },
};

/** Every request of the API, typed by its own description. */
export const api = createClient<paths>({ baseUrl: window.location.origin });
api.use(authorised);

/**
 * What an answer holds, or its refusal as an exception: the way from `api.GET(…)` into a query.
 */
export async function ok<T>(
  answer: Promise<{ data?: T; error?: unknown; response: Response }>,
): Promise<T> {
  const { data, error, response } = await answer;
  if (error !== undefined || !response.ok) throw refusal(response.status, error);
  return data as T;
}

/** As {@link ok}, with the version that the answer's `ETag` names, for `If-Match`. */
export async function versioned<T>(
  answer: Promise<{ data?: T; error?: unknown; response: Response }>,
): Promise<{ value: T; etag: string | null }> {
  const settled = await answer;
  const value = await ok(Promise.resolve(settled));
  return { value, etag: settled.response.headers.get("etag") };
}
