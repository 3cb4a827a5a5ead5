import { createRoute } from "@tanstack/react-router";
import { appRoute } from "~/app/roots";
import { lazyPage } from "~/ui/part";

const home = createRoute({
  getParentRoute: () => appRoute,
  path: "/home",
  component: lazyPage(() => import("./HomePage"), "HomePage"),
});

export const homeRoutes = [home] as const;
