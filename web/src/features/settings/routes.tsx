import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { appRoute } from "~/app/roots";

const settings = createRoute({
  getParentRoute: () => appRoute,
  path: "/settings",
  component: lazyRouteComponent(() => import("./SettingsPage"), "SettingsPage"),
});

export const settingsRoutes = [settings] as const;
