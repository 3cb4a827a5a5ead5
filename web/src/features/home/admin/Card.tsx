import { Paper, Stack, Title } from "@mantine/core";
import type { ReactNode } from "react";

/** One subject of the dashboard, and the way to all of it. */
export function Card({
  title,
  children,
  more,
}: {
  title: string;
  children: ReactNode;
  more: ReactNode;
}) {
  return (
    <Paper
      component="section"
      withBorder
      radius="lg"
      p={{ base: "md", sm: "lg" }}
      aria-label={title}
    >
      <Stack gap="md" align="stretch">
        <Title order={2} size="h4">
          {title}
        </Title>
        {children}
        {more}
      </Stack>
    </Paper>
  );
}
