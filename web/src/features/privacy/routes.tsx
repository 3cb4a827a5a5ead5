import { createRoute } from "@tanstack/react-router";
import { appRoute, onlyFor } from "~/app/roots";
import { lazyPage } from "~/ui/part";

const privacy = createRoute({
  getParentRoute: () => appRoute,
  path: "/privacy",
  beforeLoad: onlyFor("patient"),
  component: lazyPage(() => import("./PrivacyPage"), "PrivacyPage"),
});

export const privacyRoutes = [privacy] as const;
