import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { appRoute } from "~/app/roots";

const home = createRoute({
  getParentRoute: () => appRoute,
  path: "/home",
  component: lazyRouteComponent(() => import("./HomePage"), "HomePage"),
});

export const homeRoutes = [home] as const;
