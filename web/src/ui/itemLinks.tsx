/**
 * Links within menus and navigation. Apart from the others, because what these need is large, and
 * a stranger's first page has neither.
 */
import { Menu, type MenuItemProps, NavLink, type NavLinkProps } from "@mantine/core";
import { createLink } from "@tanstack/react-router";
import type { OfLink } from "~/ui/links";

export const MenuItemLink = createLink((props: OfLink<MenuItemProps>) => (
  <Menu.Item component="a" {...props} />
));

export const NavItemLink = createLink((props: OfLink<NavLinkProps>) => (
  <NavLink component="a" {...props} />
));
