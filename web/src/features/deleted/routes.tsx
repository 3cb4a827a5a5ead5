import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { appRoute, onlyFor } from "~/app/roots";
import { asDays, asKind, asPerson, type DeletedFilter } from "~/features/deleted/kinds";

const deleted = createRoute({
  getParentRoute: () => appRoute,
  path: "/deleted",
  validateSearch: ({ kind, person, from, until }: Record<string, unknown>): DeletedFilter => ({
    ...asKind(kind),
    ...asPerson(person),
    ...asDays(from, until),
  }),
  beforeLoad: onlyFor("admin"),
  component: lazyRouteComponent(() => import("./DeletedPage"), "DeletedPage"),
});

const hide = createRoute({
  getParentRoute: () => appRoute,
  path: "/deleted/hide",
  beforeLoad: onlyFor("admin"),
  component: lazyRouteComponent(() => import("./HideMessagePage"), "HideMessagePage"),
});

export const deletedRoutes = [deleted, hide] as const;
