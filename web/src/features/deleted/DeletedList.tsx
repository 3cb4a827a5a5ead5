import { Button, Paper, Skeleton, Stack, Text } from "@mantine/core";
import { IconTrashOff } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { DeletedItem, User } from "~/api/schema";
import classes from "~/features/deleted/deleted.module.css";
import { KindIcon } from "~/features/deleted/KindIcon";
import type { DeletedFilter } from "~/features/deleted/kinds";
import { type Restoring, useDeletedItems, usePeopleOf } from "~/features/deleted/queries";
import { RestoreDialog } from "~/features/deleted/RestoreDialog";
import { useNames } from "~/features/deleted/useNames";
import { useFormat } from "~/i18n/useFormat";
import { EmptyState } from "~/ui/EmptyState";
import { ErrorNotice } from "~/ui/ErrorNotice";
import { LoadMore } from "~/ui/LoadMore";
import { toast } from "~/ui/toast";

/** What is deleted at present, the last deleted first. */
export function DeletedList({ filter }: { filter: DeletedFilter }) {
  const { t } = useTranslation("deleted");
  const found = useDeletedItems(filter);
  const items = found.data?.pages.flatMap((page) => page.items) ?? [];
  const people = usePeopleOf(items.flatMap((item) => [...item.people, item.deleted_by]));
  if (found.isPending) return <Skeleton height={320} radius="lg" />;
  if (found.isError) {
    return <ErrorNotice error={found.error} onRetry={() => void found.refetch()} />;
  }
  if (items.length === 0) {
    return (
      <EmptyState icon={IconTrashOff} title={t("none_title")}>
        {t("none_words")}
      </EmptyState>
    );
  }
  return (
    <Stack>
      <Items items={items} people={people} />
      <LoadMore query={found} />
    </Stack>
  );
}

function Items({ items, people }: { items: DeletedItem[]; people: Map<string, User> }) {
  const { t } = useTranslation("deleted");
  const [chosen, setChosen] = useState<DeletedItem | null>(null);
  const done = ({ asCancelled = false }: Restoring) => {
    setChosen(null);
    toast(t(asCancelled ? "restored_cancelled" : "restored"));
  };
  return (
    <Paper withBorder radius="lg">
      <ul className={classes.items}>
        {items.map((item) => (
          <li key={item.position}>
            <Item item={item} people={people} onRestore={() => setChosen(item)} />
          </li>
        ))}
      </ul>
      {chosen !== null && (
        <RestoreDialog
          item={chosen}
          people={people}
          onClose={() => setChosen(null)}
          onDone={done}
        />
      )}
    </Paper>
  );
}

interface ItemProps {
  item: DeletedItem;
  people: Map<string, User>;
  onRestore: () => void;
}

function Item({ item, people, onRestore }: ItemProps) {
  const { t } = useTranslation("deleted");
  const { dateTime } = useFormat();
  const { nameOf, whatIs, whomOf } = useNames(people);
  const what = whatIs(item);
  return (
    <>
      <KindIcon kind={item.kind} />
      <div className={classes.what}>
        <Text fw={600}>{what}</Text>
        <Text size="sm">{whomOf(item)}</Text>
        <Text size="sm" c="dimmed">
          {t("deleted_by", { name: nameOf(item.deleted_by) })} · {dateTime(item.deleted_at)}
        </Text>
      </div>
      <Button
        variant="light"
        onClick={onRestore}
        aria-label={t("restore_of", { what: `${what}, ${whomOf(item)}` })}
      >
        {t("restore")}
      </Button>
    </>
  );
}
