/** The table of contents: every page there is. Each feature says in `routes.tsx` who may see it. */
import { createRouter } from "@tanstack/react-router";
import { appRoute, rootRoute } from "~/app/roots";
import { authRoutes } from "~/features/auth/routes";
import { consultingRoutes } from "~/features/consulting/routes";
import { homeRoutes } from "~/features/home/routes";
import { patientsRoutes } from "~/features/patients/routes";
import { scheduleRoutes } from "~/features/schedule/routes";
import { Loading } from "~/ui/Loading";

const routes = rootRoute.addChildren([
  ...authRoutes,
  appRoute.addChildren([...homeRoutes, ...scheduleRoutes, ...patientsRoutes, ...consultingRoutes]),
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
