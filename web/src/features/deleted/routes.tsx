import { createRoute } from "@tanstack/react-router";
import { appRoute, onlyFor } from "~/app/roots";
import { asDays, asKind, asPerson, type DeletedFilter } from "~/features/deleted/kinds";
import { lazyPage } from "~/ui/part";

const deleted = createRoute({
  getParentRoute: () => appRoute,
  path: "/deleted",
  validateSearch: ({ kind, person, from, until }: Record<string, unknown>): DeletedFilter => ({
    ...asKind(kind),
    ...asPerson(person),
    ...asDays(from, until),
  }),
  beforeLoad: onlyFor("admin"),
  component: lazyPage(() => import("./DeletedPage"), "DeletedPage"),
});

const hide = createRoute({
  getParentRoute: () => appRoute,
  path: "/deleted/hide",
  beforeLoad: onlyFor("admin"),
  component: lazyPage(() => import("./HideMessagePage"), "HideMessagePage"),
});

export const deletedRoutes = [deleted, hide] as const;
