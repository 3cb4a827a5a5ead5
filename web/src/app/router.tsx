/** The table of contents: every page there is. Each feature says in `routes.tsx` who may see it. */
import { createRouter } from "@tanstack/react-router";
import { appRoute, rootRoute } from "~/app/roots";
import { appointmentsRoutes } from "~/features/appointments/routes";
import { auditRoutes } from "~/features/audit/routes";
import { authRoutes } from "~/features/auth/routes";
import { bookingRoutes } from "~/features/booking/routes";
import { breakGlassRoutes } from "~/features/break_glass/routes";
import { chatRoutes } from "~/features/chat/routes";
import { contactsRoutes } from "~/features/contacts/routes";
import { deletedRoutes } from "~/features/deleted/routes";
import { homeRoutes } from "~/features/home/routes";
import { medicinesRoutes } from "~/features/medicines/routes";
import { patientsRoutes } from "~/features/patients/routes";
import { peopleRoutes } from "~/features/people/routes";
import { privacyRoutes } from "~/features/privacy/routes";
import { recordRoutes } from "~/features/record/routes";
import { reportRoutes } from "~/features/reports/routes";
import { scheduleRoutes } from "~/features/schedule/routes";
import { settingsRoutes } from "~/features/settings/routes";
import { systemRoutes } from "~/features/system/routes";
import { Loading } from "~/ui/Loading";

const routes = rootRoute.addChildren([
  ...authRoutes,
  appRoute.addChildren([
    ...homeRoutes,
    ...peopleRoutes,
    ...deletedRoutes,
    ...systemRoutes,
    ...settingsRoutes,
    ...appointmentsRoutes,
    ...bookingRoutes,
    ...contactsRoutes,
    ...medicinesRoutes,
    ...privacyRoutes,
    ...recordRoutes,
    ...scheduleRoutes,
    ...patientsRoutes,
    ...chatRoutes,
    ...auditRoutes,
    ...breakGlassRoutes,
    ...reportRoutes,
  ]),
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
