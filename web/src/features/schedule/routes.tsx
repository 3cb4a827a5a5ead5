import { createRoute } from "@tanstack/react-router";
import { appRoute, onlyFor } from "~/app/roots";
import { lazyPage } from "~/ui/part";
import { isDay } from "./days";

interface CalendarSearch {
  /** As in 2027-03-01; without it, today. */
  day?: string;
  view?: "day" | "week";
}

const calendar = createRoute({
  getParentRoute: () => appRoute,
  path: "/calendar",
  validateSearch: ({ day, view }: Record<string, unknown>): CalendarSearch => ({
    ...(isDay(day) && { day }),
    ...((view === "day" || view === "week") && { view }),
  }),
  beforeLoad: onlyFor("doctor"),
  component: lazyPage(() => import("./CalendarPage"), "CalendarPage"),
});

const hours = createRoute({
  getParentRoute: () => appRoute,
  path: "/hours",
  beforeLoad: onlyFor("doctor"),
  component: lazyPage(() => import("./HoursPage"), "HoursPage"),
});

export const scheduleRoutes = [calendar, hours] as const;
