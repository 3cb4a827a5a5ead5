import { createRoute } from "@tanstack/react-router";
import { appRoute, onlyFor } from "~/app/roots";
import { lazyPage } from "~/ui/part";

const contacts = createRoute({
  getParentRoute: () => appRoute,
  path: "/contacts",
  beforeLoad: onlyFor("patient"),
  component: lazyPage(() => import("./ContactsPage"), "ContactsPage"),
});

export const contactsRoutes = [contacts] as const;
