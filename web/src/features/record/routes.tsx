import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { appRoute, onlyFor } from "~/app/roots";

const record = createRoute({
  getParentRoute: () => appRoute,
  path: "/record",
  beforeLoad: onlyFor("patient"),
  component: lazyRouteComponent(() => import("./RecordPage"), "RecordPage"),
});

const consultation = createRoute({
  getParentRoute: () => appRoute,
  path: "/consultations/$consultationId",
  component: lazyRouteComponent(() => import("./ConsultationPage"), "ConsultationPage"),
});

export const recordRoutes = [record, consultation] as const;
