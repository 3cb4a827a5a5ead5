/** Links that look like something else, and still know every page's parameters. */
import {
  Anchor,
  type AnchorProps,
  Button,
  type ButtonProps,
  NavLink,
  type NavLinkProps,
} from "@mantine/core";
import { createLink } from "@tanstack/react-router";
import type { ComponentPropsWithRef } from "react";

type OfLink<Props> = Props & Omit<ComponentPropsWithRef<"a">, keyof Props>;

export const AnchorLink = createLink((props: OfLink<AnchorProps>) => <Anchor {...props} />);

export const ButtonLink = createLink((props: OfLink<ButtonProps>) => (
  <Button component="a" {...props} />
));

export const NavItemLink = createLink((props: OfLink<NavLinkProps>) => (
  <NavLink component="a" {...props} />
));
