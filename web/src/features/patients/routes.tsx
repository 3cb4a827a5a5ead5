import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { appRoute, onlyFor } from "~/app/roots";

const patients = createRoute({
  getParentRoute: () => appRoute,
  path: "/patients",
  beforeLoad: onlyFor("doctor"),
  component: lazyRouteComponent(() => import("./PatientsPage"), "PatientsPage"),
});

const patient = createRoute({
  getParentRoute: () => appRoute,
  path: "/patients/$patientId",
  beforeLoad: onlyFor("doctor"),
  component: lazyRouteComponent(() => import("./PatientPage"), "PatientPage"),
});

export const patientsRoutes = [patients, patient] as const;
