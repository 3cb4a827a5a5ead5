import { createRoute } from "@tanstack/react-router";
import { appRoute, onlyFor } from "~/app/roots";
import { lazyPage } from "~/ui/part";

const book = createRoute({
  getParentRoute: () => appRoute,
  path: "/appointments/book",
  validateSearch: ({ doctor }: Record<string, unknown>): { doctor?: string } =>
    typeof doctor === "string" ? { doctor } : {},
  beforeLoad: onlyFor("patient"),
  component: lazyPage(() => import("./BookPage"), "BookPage"),
});

const reschedule = createRoute({
  getParentRoute: () => appRoute,
  path: "/appointments/$appointmentId/reschedule",
  beforeLoad: onlyFor("patient", "doctor"),
  component: lazyPage(() => import("./ReschedulePage"), "ReschedulePage"),
});

export const bookingRoutes = [book, reschedule] as const;
