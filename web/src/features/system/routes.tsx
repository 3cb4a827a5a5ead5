import { createRoute } from "@tanstack/react-router";
import { appRoute, onlyFor } from "~/app/roots";
import { lazyPage } from "~/ui/part";

const system = createRoute({
  getParentRoute: () => appRoute,
  path: "/system",
  beforeLoad: onlyFor("admin"),
  component: lazyPage(() => import("./SystemPage"), "SystemPage"),
});

export const systemRoutes = [system] as const;
