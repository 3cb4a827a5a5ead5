import { createRoute } from "@tanstack/react-router";
import type { AccountStatus, Role } from "~/api/schema";
import { appRoute, onlyFor } from "~/app/roots";
import { asRole, asStatus } from "~/features/people/kinds";
import { lazyPage } from "~/ui/part";

/** Names are not for URLs; what kind of people one looks at is. */
export interface PeopleFilter {
  status?: AccountStatus;
  role?: Role;
}

const people = createRoute({
  getParentRoute: () => appRoute,
  path: "/people",
  validateSearch: ({ status, role }: Record<string, unknown>): PeopleFilter => ({
    ...asStatus(status),
    ...asRole(role),
  }),
  beforeLoad: onlyFor("admin"),
  component: lazyPage(() => import("./PeoplePage"), "PeoplePage"),
});

const person = createRoute({
  getParentRoute: () => appRoute,
  path: "/people/$accountId",
  beforeLoad: onlyFor("admin"),
  component: lazyPage(() => import("./PersonPage"), "PersonPage"),
});

const approvals = createRoute({
  getParentRoute: () => appRoute,
  path: "/approvals",
  beforeLoad: onlyFor("admin"),
  component: lazyPage(() => import("./ApprovalsPage"), "ApprovalsPage"),
});

export const peopleRoutes = [people, person, approvals] as const;
