import { Stack } from "@mantine/core";
import type { ErrorComponentProps } from "@tanstack/react-router";
import { ErrorNotice } from "~/ui/ErrorNotice";

/** What is shown in place of a page that broke; the rest of the screen goes on. */
export function PageError({ error, reset }: ErrorComponentProps) {
  return (
    <Stack p="md">
      <ErrorNotice error={error} onRetry={reset} />
    </Stack>
  );
}
