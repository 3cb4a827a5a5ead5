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

const register = createRoute({
  getParentRoute: () => rootRoute,
  path: "/register",
  beforeLoad: onlySignedOut,
  component: lazyRouteComponent(() => import("./RegisterPage"), "RegisterPage"),
});

const requestAccount = createRoute({
  getParentRoute: () => rootRoute,
  path: "/request-account",
  beforeLoad: onlySignedOut,
  component: lazyRouteComponent(() => import("./RequestAccountPage"), "RequestAccountPage"),
});

export const authRoutes = [landing, logIn, register, requestAccount] as const;
