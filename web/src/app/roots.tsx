/** The routes that others hang under, and who may go there. */
import {
  type AnyRoute,
  createRootRoute,
  createRoute,
  notFound,
  redirect,
} from "@tanstack/react-router";
import type { Role } from "~/api/schema";
import { NotFoundPage } from "~/app/NotFoundPage";
import { PageError } from "~/app/PageError";
import { session } from "~/session/session";
import { lazyPage } from "~/ui/part";

export const rootRoute = createRootRoute({
  notFoundComponent: NotFoundAlone,
  errorComponent: PageError,
});

/** Pages for people who are signed in, within the shell. */
export const appRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: "app",
  component: lazyPage(() => import("~/app/shell/Shell"), "Shell"),
  notFoundComponent: NotFoundAlone,
  errorComponent: PageError,
  beforeLoad: ({ location }) => {
    if (session.state().status !== "signed_in") {
      throw redirect({ to: "/login", search: { to: location.href } });
    }
  },
});

/** Whom the guards that {@link onlyFor} has made let in. */
const audiences = new WeakMap<object, readonly Role[]>();

/** For `beforeLoad`: to everybody else there is no such page. */
export function onlyFor(...roles: Role[]): () => void {
  const guard = () => {
    const state = session.state();
    if (state.status === "signed_in" && !roles.includes(state.role)) throw notFound();
  };
  audiences.set(guard, roles);
  return guard;
}

/** Whether this is a page within the shell that the role may go to. */
export function isFor(role: Role, route: AnyRoute): boolean {
  if (route === appRoute) return true;
  const guard: unknown = route.options.beforeLoad;
  const audience = typeof guard === "function" ? audiences.get(guard) : undefined;
  if (audience?.includes(role) === false) return false;
  return route.parentRoute !== undefined && isFor(role, route.parentRoute);
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
