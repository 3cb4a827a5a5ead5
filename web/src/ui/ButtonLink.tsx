import { Button, type ButtonProps } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";

interface Props extends ButtonProps {
  /** A path of this site; the router goes there without loading the page. */
  to: string;
  search?: Record<string, string>;
  "aria-label"?: string;
  children: ReactNode;
}

/** A link that looks like a button, because it is the next thing to do. */
export function ButtonLink({ to, search, ...rest }: Props) {
  const where = search === undefined ? {} : { search: search as never };
  return <Button component={Link} to={to as never} {...where} {...rest} />;
}
