import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { appRoute, onlyFor } from "~/app/roots";

const consultation = createRoute({
  getParentRoute: () => appRoute,
  path: "/consultations/$consultationId",
  beforeLoad: onlyFor("doctor"),
  component: lazyRouteComponent(() => import("./DoctorConsultation"), "DoctorConsultation"),
});

export const consultingRoutes = [consultation] as const;
