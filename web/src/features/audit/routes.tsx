import { createRoute } from "@tanstack/react-router";
import { appRoute, onlyFor } from "~/app/roots";
import { lazyPage } from "~/ui/part";
import { type Filters, filtersOf, instantOf, numberOf, uuidOf } from "./filters";

const common = { getParentRoute: () => appRoute, beforeLoad: onlyFor("compliance") };

const search = createRoute({
  ...common,
  path: "/audit",
  /** Ids, codes and instants alone: addresses are kept on their way. */
  validateSearch: (raw: Record<string, unknown>): Filters => filtersOf(raw),
  component: lazyPage(() => import("./AuditPage"), "AuditPage"),
});

const reviews = createRoute({
  ...common,
  path: "/audit/reviews",
  component: lazyPage(() => import("./ReviewsPage"), "ReviewsPage"),
});

const exports = createRoute({
  ...common,
  path: "/audit/export",
  component: lazyPage(() => import("./ExportPage"), "ExportPage"),
});

const replay = createRoute({
  ...common,
  path: "/replay",
  component: lazyPage(() => import("./ReplayPage"), "ReplayPage"),
});

const timeline = createRoute({
  ...common,
  path: "/timeline/$kind/$id",
  component: lazyPage(() => import("./TimelinePage"), "TimelinePage"),
});

const asOf = createRoute({
  ...common,
  path: "/as-of/$kind/$id",
  validateSearch: ({ position }: Record<string, unknown>): { position?: number } =>
    numberOf("position", position),
  component: lazyPage(() => import("./as_of/AsOfPage"), "AsOfPage"),
});

const couldSee = createRoute({
  ...common,
  path: "/could-see",
  validateSearch: ({ person, at }: Record<string, unknown>): { person?: string; at?: string } => ({
    ...uuidOf("person", person),
    ...instantOf("at", at),
  }),
  component: lazyPage(() => import("./CouldSeePage"), "CouldSeePage"),
});

export const auditRoutes = [search, reviews, exports, replay, timeline, asOf, couldSee] as const;
