import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { appRoute, onlyFor } from "~/app/roots";

const medicines = createRoute({
  getParentRoute: () => appRoute,
  path: "/medicines",
  beforeLoad: onlyFor("patient"),
  component: lazyRouteComponent(() => import("./MedicinesPage"), "MedicinesPage"),
});

export const medicinesRoutes = [medicines] as const;
