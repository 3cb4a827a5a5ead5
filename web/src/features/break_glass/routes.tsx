import { createRoute } from "@tanstack/react-router";
import { appRoute, onlyFor } from "~/app/roots";
import { uuidOf } from "~/features/audit/filters";
import { lazyPage } from "~/ui/part";

const grants = createRoute({
  getParentRoute: () => appRoute,
  path: "/break-glass",
  beforeLoad: onlyFor("compliance"),
  component: lazyPage(() => import("./BreakGlassPage"), "BreakGlassPage"),
});

const grant = createRoute({
  getParentRoute: () => appRoute,
  path: "/break-glass/$grantId",
  /** Which of the patient's records is read. */
  validateSearch: ({ record }: Record<string, unknown>): { record?: string } =>
    uuidOf("record", record),
  beforeLoad: onlyFor("compliance"),
  component: lazyPage(() => import("./GrantPage"), "GrantPage"),
});

export const breakGlassRoutes = [grants, grant] as const;
