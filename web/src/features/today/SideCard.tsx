import { Paper, Skeleton, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { ErrorNotice } from "~/ui/ErrorNotice";
import classes from "./Today.module.css";

interface Props {
  title: string;
  empty: string;
  query: { isPending: boolean; isError: boolean; error: unknown; refetch: () => unknown };
  /** The lines; none means that it is empty. */
  children: ReactNode[];
}

/** One of the short lists beside the day. */
export function SideCard({ title, empty, query, children }: Props) {
  return (
    <Paper withBorder p={{ base: "md", sm: "lg" }} component="section" aria-label={title}>
      <Stack gap="xs">
        <Title order={2} size="h5">
          {title}
        </Title>
        {query.isError && <ErrorNotice error={query.error} onRetry={() => query.refetch()} />}
        {query.isPending && <Skeleton h={44} aria-busy="true" />}
        {!query.isPending && !query.isError && children.length === 0 && (
          <Text size="sm" c="dimmed">
            {empty}
          </Text>
        )}
        {children.length > 0 && <ul className={classes.list}>{children}</ul>}
      </Stack>
    </Paper>
  );
}
