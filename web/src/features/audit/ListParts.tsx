import { Button, Center, Skeleton, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { ErrorNotice } from "~/ui/ErrorNotice";

/** In place of lines that are on their way, in about their height. */
export function Placeholders({ rows = 6 }: { rows?: number }) {
  const { t } = useTranslation("audit");
  const places = Array.from({ length: rows }, (_, place) => `row ${place}`);
  return (
    <Stack gap="sm" role="status" aria-label={t("loading")} aria-busy="true">
      {places.map((place) => (
        <Skeleton key={place} height={52} />
      ))}
    </Stack>
  );
}

interface Pages {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  isFetchNextPageError: boolean;
  error: Error | null;
  fetchNextPage: () => unknown;
}

/** Leads on where there is more; says so when that failed. */
export function MoreButton({ query, label }: { query: Pages; label?: string }) {
  const { t } = useTranslation("audit");
  if (query.isFetchNextPageError) {
    return <ErrorNotice error={query.error} onRetry={() => query.fetchNextPage()} />;
  }
  if (!query.hasNextPage) return null;
  return (
    <Center>
      <Button
        variant="default"
        loading={query.isFetchingNextPage}
        onClick={() => query.fetchNextPage()}
      >
        {label ?? t("load_more")}
      </Button>
    </Center>
  );
}
