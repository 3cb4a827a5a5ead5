import { createRoute } from "@tanstack/react-router";
import { appRoute, onlyFor } from "~/app/roots";
import { LISTS, type ListName } from "~/features/appointments/lists";
import { lazyPage } from "~/ui/part";

const list = createRoute({
  getParentRoute: () => appRoute,
  path: "/appointments",
  validateSearch: ({ show }: Record<string, unknown>): { show?: ListName } => {
    const known = LISTS.find((name) => name === show);
    return known === undefined ? {} : { show: known };
  },
  beforeLoad: onlyFor("patient"),
  component: lazyPage(() => import("./AppointmentsPage"), "AppointmentsPage"),
});

const one = createRoute({
  getParentRoute: () => appRoute,
  path: "/appointments/$appointmentId",
  beforeLoad: onlyFor("patient", "doctor"),
  component: lazyPage(() => import("./AppointmentPage"), "AppointmentPage"),
});

export const appointmentsRoutes = [list, one] as const;
