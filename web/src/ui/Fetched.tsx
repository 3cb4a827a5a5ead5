import { Skeleton, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ErrorNotice } from "~/ui/ErrorNotice";

interface Props<T> {
  query: { data: T | undefined; error: Error | null; refetch: () => unknown };
  /** How much room the content will take, so that nothing jumps when it comes. */
  rows?: number;
  rowHeight?: number;
  children: (data: T) => ReactNode;
}

/**
 * What was fetched; until then its outline, or why it did not come. What was there once stays,
 * even where a later attempt failed.
 */
export function Fetched<T>({ query, rows = 3, rowHeight = 72, children }: Props<T>) {
  const { t } = useTranslation();
  if (query.data !== undefined) return children(query.data);
  if (query.error !== null)
    return <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <Stack gap="sm" role="status" aria-busy="true" aria-label={t("loading")}>
      {Array.from({ length: rows }, (_, row) => `row ${row}`).map((row) => (
        <Skeleton key={row} height={rowHeight} />
      ))}
    </Stack>
  );
}
