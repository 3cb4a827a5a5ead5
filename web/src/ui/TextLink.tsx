import { Anchor, type AnchorProps } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";

interface Props extends AnchorProps {
  to: string;
  children: ReactNode;
}

/** Legible on the page and on what is tinted with the primary colour. */
const INK = "var(--mantine-primary-color-light-color)";

/** A link within a text, which the router follows without loading the page. */
export function TextLink({ to, ...rest }: Props) {
  return <Anchor component={Link} to={to as never} c={INK} {...rest} />;
}
