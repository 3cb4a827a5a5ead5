import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { appRoute, onlyFor } from "~/app/roots";

const privacy = createRoute({
  getParentRoute: () => appRoute,
  path: "/privacy",
  beforeLoad: onlyFor("patient"),
  component: lazyRouteComponent(() => import("./PrivacyPage"), "PrivacyPage"),
});

export const privacyRoutes = [privacy] as const;
