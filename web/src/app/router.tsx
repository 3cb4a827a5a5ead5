/** The table of contents: every page there is. Each feature says in `routes.tsx` who may see it. */
import { createRouter } from "@tanstack/react-router";
import { appRoute, rootRoute } from "~/app/roots";
import { authRoutes } from "~/features/auth/routes";
import { chatRoutes } from "~/features/chat/routes";
import { homeRoutes } from "~/features/home/routes";
import { Loading } from "~/ui/Loading";

const routes = rootRoute.addChildren([
  ...authRoutes,
  appRoute.addChildren([...homeRoutes, ...chatRoutes]),
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
