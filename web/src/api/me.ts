import { queryOptions } from "@tanstack/react-query";
import { api, ok } from "~/api/client";
import { keys } from "~/api/keys";

/** Whoever is signed in, as others see them. */
export const meQuery = queryOptions({
  queryKey: keys.me,
  queryFn: () => ok(api.GET("/api/users/me")),
});
