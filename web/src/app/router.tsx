/** The table of contents: every page there is. Each feature says in `routes.tsx` who may see it. */
import { createRouter } from "@tanstack/react-router";
import { appRoute, rootRoute } from "~/app/roots";
import { auditRoutes } from "~/features/audit/routes";
import { authRoutes } from "~/features/auth/routes";
import { breakGlassRoutes } from "~/features/break_glass/routes";
import { homeRoutes } from "~/features/home/routes";
import { reportRoutes } from "~/features/reports/routes";
import { Loading } from "~/ui/Loading";

const routes = rootRoute.addChildren([
  ...authRoutes,
  appRoute.addChildren([...homeRoutes, ...auditRoutes, ...breakGlassRoutes, ...reportRoutes]),
]);

export const router = createRouter({
  routeTree: routes,
  defaultPreload: "intent",
  defaultPendingComponent: Loading,
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
