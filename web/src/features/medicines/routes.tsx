import { createRoute } from "@tanstack/react-router";
import { appRoute, onlyFor } from "~/app/roots";
import { lazyPage } from "~/ui/part";

const medicines = createRoute({
  getParentRoute: () => appRoute,
  path: "/medicines",
  beforeLoad: onlyFor("patient"),
  component: lazyPage(() => import("./MedicinesPage"), "MedicinesPage"),
});

export const medicinesRoutes = [medicines] as const;
