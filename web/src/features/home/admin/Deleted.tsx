import { Skeleton, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useDeletedItems, usePeopleOf } from "~/features/deleted/queries";
import { useNames } from "~/features/deleted/useNames";
import { Card } from "~/features/home/admin/Card";
import { useFormat } from "~/i18n/useFormat";
import { ErrorNotice } from "~/ui/ErrorNotice";
import { AnchorLink } from "~/ui/links";

const SHOWN = 4;

/** What was deleted last. */
export function Deleted() {
  const { t } = useTranslation("people");
  const { dateTime } = useFormat();
  const found = useDeletedItems({}, SHOWN);
  const items = found.data?.pages[0]?.items ?? [];
  const people = usePeopleOf(items.flatMap((item) => item.people));
  const { whatIs, whomOf } = useNames(people);
  if (found.isPending) return <Skeleton height={220} radius="lg" />;
  if (found.isError) {
    return <ErrorNotice error={found.error} onRetry={() => void found.refetch()} />;
  }
  return (
    <Card
      title={t("home_deleted")}
      more={<AnchorLink to="/deleted">{t("home_to_deleted")}</AnchorLink>}
    >
      {items.map((item) => (
        <div key={item.position}>
          <Text fw={600}>{whatIs(item)}</Text>
          <Text size="sm" c="dimmed">
            {whomOf(item)} · {dateTime(item.deleted_at)}
          </Text>
        </div>
      ))}
      {items.length === 0 && <Text c="dimmed">{t("home_deleted_none")}</Text>}
    </Card>
  );
}
