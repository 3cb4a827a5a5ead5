import { Button, Center } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { ErrorNotice } from "~/ui/ErrorNotice";

interface Props {
  query: {
    hasNextPage: boolean;
    isFetchingNextPage: boolean;
    isFetchNextPageError: boolean;
    error: Error | null;
    fetchNextPage: () => unknown;
  };
  label?: string;
}

/** Goes on where a list ended, as long as there is more. */
export function LoadMore({ query, label }: Props) {
  const { t } = useTranslation();
  if (query.isFetchNextPageError)
    return <ErrorNotice error={query.error} onRetry={() => void query.fetchNextPage()} />;
  if (!query.hasNextPage) return null;
  return (
    <Center>
      <Button
        variant="default"
        loading={query.isFetchingNextPage}
        onClick={() => void query.fetchNextPage()}
      >
        {label ?? t("show_more")}
      </Button>
    </Center>
  );
}
