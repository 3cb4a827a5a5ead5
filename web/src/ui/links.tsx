/** Links that look like something else, and still know every page's parameters. */
import {
  Anchor,
  type AnchorProps,
  Button,
  type ButtonProps,
  Paper,
  type PaperProps,
} from "@mantine/core";
import { createLink } from "@tanstack/react-router";
import type { ComponentPropsWithRef } from "react";
import rows from "~/ui/Rows.module.css";

/** What a component takes that is a link as well. */
export type OfLink<Props> = Props & Omit<ComponentPropsWithRef<"a">, keyof Props>;

/** Legible on the page and on what is tinted with the primary colour. */
const INK = "var(--mantine-primary-color-light-color)";

/** A link within a text. */
export const AnchorLink = createLink((props: OfLink<AnchorProps>) => <Anchor c={INK} {...props} />);

/** A link that looks like a button, because it is the next thing to do. */
export const ButtonLink = createLink((props: OfLink<ButtonProps>) => (
  <Button component="a" {...props} />
));

/** A row of a list that leads to all about it. */
export const RowLink = createLink((props: OfLink<PaperProps>) => (
  <Paper component="a" withBorder className={rows.link} {...props} />
));
