import { createRoute } from "@tanstack/react-router";
import { appRoute, onlyFor } from "~/app/roots";
import { lazyPage } from "~/ui/part";

const record = createRoute({
  getParentRoute: () => appRoute,
  path: "/record",
  beforeLoad: onlyFor("patient"),
  component: lazyPage(() => import("./RecordPage"), "RecordPage"),
});

const consultation = createRoute({
  getParentRoute: () => appRoute,
  path: "/consultations/$consultationId",
  component: lazyPage(() => import("./ConsultationPage"), "ConsultationPage"),
});

export const recordRoutes = [record, consultation] as const;
