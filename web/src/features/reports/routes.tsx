import { createRoute } from "@tanstack/react-router";
import { appRoute, onlyFor } from "~/app/roots";
import { lazyPage } from "~/ui/part";

const reports = createRoute({
  getParentRoute: () => appRoute,
  path: "/reports",
  beforeLoad: onlyFor("compliance"),
  component: lazyPage(() => import("./ReportsPage"), "ReportsPage"),
});

export const reportRoutes = [reports] as const;
