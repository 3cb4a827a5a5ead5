import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { appRoute, onlyFor } from "~/app/roots";
import { LISTS, type ListName } from "~/features/appointments/lists";

const list = createRoute({
  getParentRoute: () => appRoute,
  path: "/appointments",
  validateSearch: ({ show }: Record<string, unknown>): { show?: ListName } => {
    const known = LISTS.find((name) => name === show);
    return known === undefined ? {} : { show: known };
  },
  beforeLoad: onlyFor("patient"),
  component: lazyRouteComponent(() => import("./AppointmentsPage"), "AppointmentsPage"),
});

const one = createRoute({
  getParentRoute: () => appRoute,
  path: "/appointments/$appointmentId",
  beforeLoad: onlyFor("patient", "doctor"),
  component: lazyRouteComponent(() => import("./AppointmentPage"), "AppointmentPage"),
});

export const appointmentsRoutes = [list, one] as const;
