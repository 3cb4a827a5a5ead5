import { createRoute } from "@tanstack/react-router";
import { appRoute, onlyFor } from "~/app/roots";
import { lazyPage } from "~/ui/part";

const patients = createRoute({
  getParentRoute: () => appRoute,
  path: "/patients",
  beforeLoad: onlyFor("doctor"),
  component: lazyPage(() => import("./PatientsPage"), "PatientsPage"),
});

const patient = createRoute({
  getParentRoute: () => appRoute,
  path: "/patients/$patientId",
  beforeLoad: onlyFor("doctor"),
  component: lazyPage(() => import("./PatientPage"), "PatientPage"),
});

export const patientsRoutes = [patients, patient] as const;
