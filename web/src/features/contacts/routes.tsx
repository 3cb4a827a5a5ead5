import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { appRoute, onlyFor } from "~/app/roots";

const contacts = createRoute({
  getParentRoute: () => appRoute,
  path: "/contacts",
  beforeLoad: onlyFor("patient"),
  component: lazyRouteComponent(() => import("./ContactsPage"), "ContactsPage"),
});

export const contactsRoutes = [contacts] as const;
