import {
  type Icon,
  IconActivity,
  IconAddressBook,
  IconCalendar,
  IconCalendarWeek,
  IconClockHour9,
  IconEyeSearch,
  IconFlag,
  IconHome2,
  IconKey,
  IconListSearch,
  IconMessages,
  IconNotebook,
  IconPill,
  IconShieldLock,
  IconTrash,
  IconUserCheck,
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
const messages: NavigationItem = { to: "/messages", label: "nav_messages", icon: IconMessages };

/** Where each role can go, most used first. On a phone the first five are at the bottom. */
export const navigation: Record<Role, NavigationItem[]> = {
  patient: [
    home,
    messages,
    { to: "/appointments", label: "nav_appointments", icon: IconCalendar },
    { to: "/record", label: "nav_record", icon: IconNotebook },
    { to: "/medicines", label: "nav_medicines", icon: IconPill },
    { to: "/contacts", label: "nav_contacts", icon: IconAddressBook },
    { to: "/privacy", label: "nav_privacy", icon: IconShieldLock },
  ],
  doctor: [
    home,
    messages,
    { to: "/calendar", label: "nav_calendar", icon: IconCalendarWeek },
    { to: "/patients", label: "nav_patients", icon: IconUsers },
    { to: "/hours", label: "nav_hours", icon: IconClockHour9 },
  ],
  admin: [
    home,
    { to: "/people", label: "nav_people", icon: IconUsers },
    { to: "/approvals", label: "nav_approvals", icon: IconUserCheck },
    { to: "/deleted", label: "nav_deleted", icon: IconTrash },
    { to: "/system", label: "nav_system", icon: IconActivity },
  ],
  compliance: [
    home,
    { to: "/audit", label: "nav_audit", icon: IconListSearch },
    { to: "/could-see", label: "nav_could_see", icon: IconEyeSearch },
    { to: "/break-glass", label: "nav_break_glass", icon: IconKey },
    { to: "/reports", label: "nav_reports", icon: IconFlag },
  ],
};
