import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";

interface Props {
  /** An endless query; nothing is shown once all of it is there. */
  query: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown };
}

/** Goes on with a list where its page ends. */
export function LoadMore({ query }: Props) {
  const { t } = useTranslation();
  if (!query.hasNextPage) return null;
  return (
    <Button
      variant="default"
      loading={query.isFetchingNextPage}
      onClick={() => void query.fetchNextPage()}
      style={{ alignSelf: "center" }}
    >
      {t("load_more")}
    </Button>
  );
}
