import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { appRoute, onlyFor } from "~/app/roots";

const system = createRoute({
  getParentRoute: () => appRoute,
  path: "/system",
  beforeLoad: onlyFor("admin"),
  component: lazyRouteComponent(() => import("./SystemPage"), "SystemPage"),
});

export const systemRoutes = [system] as const;
