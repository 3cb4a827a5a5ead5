import {
  type Icon,
  IconCalendarWeek,
  IconClockHour9,
  IconHome2,
  IconUsers,
} from "@tabler/icons-react";
import type { LinkProps } from "@tanstack/react-router";
import type { ParseKeys } from "i18next";
import type { Role } from "~/api/schema";

export interface NavigationItem {
  to: NonNullable<LinkProps["to"]>;
  label: ParseKeys<"app">;
  icon: Icon;
}

const home: NavigationItem = { to: "/home", label: "nav_home", icon: IconHome2 };
const calendar: NavigationItem = { to: "/calendar", label: "nav_calendar", icon: IconCalendarWeek };
const patients: NavigationItem = { to: "/patients", label: "nav_patients", icon: IconUsers };
const hours: NavigationItem = { to: "/hours", label: "nav_hours", icon: IconClockHour9 };

/** Where each role can go, most used first. On a phone the first five are at the bottom. */
export const navigation: Record<Role, NavigationItem[]> = {
  patient: [home],
  doctor: [home, calendar, patients, hours],
  admin: [home],
  compliance: [home],
};
