import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { onlySignedOut, rootRoute } from "~/app/roots";

const landing = createRoute({
  getParentRoute: () => rootRoute,
  path: "/",
  beforeLoad: onlySignedOut,
  component: lazyRouteComponent(() => import("./LandingPage"), "LandingPage"),
});

const logIn = createRoute({
  getParentRoute: () => rootRoute,
  path: "/login",
  /** Where to go afterwards: a path of this site. */
  validateSearch: ({ to }: Record<string, unknown>): { to?: string } =>
    typeof to === "string" && /^\/(?!\/)/.test(to) ? { to } : {},
  beforeLoad: onlySignedOut,
  component: lazyRouteComponent(() => import("./LogInPage"), "LogInPage"),
});

export const authRoutes = [landing, logIn] as const;
