import { createRoute } from "@tanstack/react-router";
import { appRoute } from "~/app/roots";
import { lazyPage } from "~/ui/part";

const settings = createRoute({
  getParentRoute: () => appRoute,
  path: "/settings",
  component: lazyPage(() => import("./SettingsPage"), "SettingsPage"),
});

export const settingsRoutes = [settings] as const;
