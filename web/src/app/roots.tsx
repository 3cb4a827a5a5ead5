/** The routes that others hang under, and who may go there. */
import {
  createRootRoute,
  createRoute,
  lazyRouteComponent,
  notFound,
  redirect,
} from "@tanstack/react-router";
import type { Role } from "~/api/schema";
import { NotFoundPage } from "~/app/NotFoundPage";
import { PageError } from "~/app/PageError";
import { session } from "~/session/session";

export const rootRoute = createRootRoute({
  notFoundComponent: NotFoundAlone,
  errorComponent: PageError,
});

/** Pages for people who are signed in, within the shell. */
export const appRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: "app",
  component: lazyRouteComponent(() => import("~/app/shell/Shell"), "Shell"),
  notFoundComponent: NotFoundAlone,
  errorComponent: PageError,
  beforeLoad: ({ location }) => {
    if (session.state().status !== "signed_in") {
      throw redirect({ to: "/login", search: { to: location.href } });
    }
  },
});

/** For `beforeLoad`: to everybody else there is no such page. */
export function onlyFor(...roles: Role[]): () => void {
  return () => {
    const state = session.state();
    if (state.status === "signed_in" && !roles.includes(state.role)) throw notFound();
  };
}

/** For `beforeLoad` of pages that only make sense to strangers. */
export function onlySignedOut(): void {
  if (session.state().status === "signed_in") throw redirect({ to: "/home" });
}

/** Takes the shell's place too, which has the `main` of every other page. */
function NotFoundAlone() {
  return (
    <main>
      <NotFoundPage />
    </main>
  );
}
