import { Button, Group, Paper, Skeleton, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ErrorNotice } from "~/ui/ErrorNotice";

interface Props {
  title: string;
  /** What is said where there is nothing. */
  empty: string;
  query: {
    isPending: boolean;
    isError: boolean;
    error: unknown;
    hasNextPage: boolean;
    isFetchingNextPage: boolean;
    refetch: () => unknown;
    fetchNextPage: () => unknown;
  };
  count: number;
  actions?: ReactNode;
  children: ReactNode;
}

/** One of the lists of a patient: waiting, empty, broken or there. */
export function Part({ title, empty, query, count, actions, children }: Props) {
  const { t } = useTranslation("patients");
  return (
    <Paper withBorder p={{ base: "md", sm: "lg" }} component="section" aria-label={title}>
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={2} size="h4">
            {title}
          </Title>
          {actions}
        </Group>
        {query.isError && <ErrorNotice error={query.error} onRetry={() => query.refetch()} />}
        {query.isPending && <Skeleton h={60} aria-busy="true" />}
        {!query.isPending && !query.isError && count === 0 && <Text c="dimmed">{empty}</Text>}
        {count > 0 && children}
        {query.hasNextPage && (
          <Button
            variant="subtle"
            loading={query.isFetchingNextPage}
            onClick={() => query.fetchNextPage()}
          >
            {t("load_more")}
          </Button>
        )}
      </Stack>
    </Paper>
  );
}
