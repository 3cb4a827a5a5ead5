import { createRoute } from "@tanstack/react-router";
import { onlySignedOut, rootRoute } from "~/app/roots";
import { lazyPage } from "~/ui/part";

const landing = createRoute({
  getParentRoute: () => rootRoute,
  path: "/",
  beforeLoad: onlySignedOut,
  component: lazyPage(() => import("./LandingPage"), "LandingPage"),
});

const logIn = createRoute({
  getParentRoute: () => rootRoute,
  path: "/login",
  /** Where to go afterwards: a path of this site. */
  validateSearch: ({ to }: Record<string, unknown>): { to?: string } =>
    typeof to === "string" && /^\/(?!\/)/.test(to) ? { to } : {},
  beforeLoad: onlySignedOut,
  component: lazyPage(() => import("./LogInPage"), "LogInPage"),
});

const register = createRoute({
  getParentRoute: () => rootRoute,
  path: "/register",
  beforeLoad: onlySignedOut,
  component: lazyPage(() => import("./RegisterPage"), "RegisterPage"),
});

const requestAccount = createRoute({
  getParentRoute: () => rootRoute,
  path: "/request-account",
  beforeLoad: onlySignedOut,
  component: lazyPage(() => import("./RequestAccountPage"), "RequestAccountPage"),
});

export const authRoutes = [landing, logIn, register, requestAccount] as const;
