import {
  type Icon,
  IconEyeSearch,
  IconFlag,
  IconHome2,
  IconKey,
  IconListSearch,
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

const forCompliance: NavigationItem[] = [
  { to: "/audit", label: "nav_audit", icon: IconListSearch },
  { to: "/could-see", label: "nav_could_see", icon: IconEyeSearch },
  { to: "/break-glass", label: "nav_break_glass", icon: IconKey },
  { to: "/reports", label: "nav_reports", icon: IconFlag },
];

/** Where each role can go, most used first. On a phone the first five are at the bottom. */
export const navigation: Record<Role, NavigationItem[]> = {
  patient: [home],
  doctor: [home],
  admin: [home],
  compliance: [home, ...forCompliance],
};
