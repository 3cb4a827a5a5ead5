import { type Icon, IconHome2, IconMessages } from "@tabler/icons-react";
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
  patient: [home, messages],
  doctor: [home, messages],
  admin: [home],
  compliance: [home],
};
