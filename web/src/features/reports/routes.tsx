import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { appRoute, onlyFor } from "~/app/roots";

const reports = createRoute({
  getParentRoute: () => appRoute,
  path: "/reports",
  beforeLoad: onlyFor("compliance"),
  component: lazyRouteComponent(() => import("./ReportsPage"), "ReportsPage"),
});

export const reportRoutes = [reports] as const;
