import { ActionIcon, Button, Group, Menu, Text } from "@mantine/core";
import { IconBookmark, IconDots, IconPencil, IconTrash } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { SavedSearch } from "~/api/schema";
import { ErrorNotice } from "~/ui/ErrorNotice";
import { WriteError } from "~/ui/WriteError";
import { type Filters, filtersOf } from "./filters";
import { searchesQuery, useDeleteSearch } from "./queries";
import { SaveSearchDialog } from "./SaveSearchDialog";

interface Props {
  filters: Filters;
  onRun: (filters: Filters) => void;
}

/** The officer's own searches, each one press away. */
export function SavedSearches({ filters, onRun }: Props) {
  const { t } = useTranslation("audit");
  const saved = useQuery(searchesQuery);
  const remove = useDeleteSearch();
  const [renamed, setRenamed] = useState<SavedSearch | null>(null);
  if (saved.isPending) return null;
  if (saved.isError) {
    return <ErrorNotice error={saved.error} onRetry={() => void saved.refetch()} />;
  }
  if (saved.data.searches.length === 0) return null;
  return (
    <Group gap="xs" role="group" aria-label={t("saved_searches")}>
      <Text size="sm" c="dimmed">
        {t("saved_searches")}
      </Text>
      {saved.data.searches.map((search) => (
        <Saved
          key={search.search_id}
          search={search}
          onRun={() => onRun(filtersOf(search.filters))}
          onRename={() => setRenamed(search)}
          onDelete={() => remove.mutate(search.search_id)}
        />
      ))}
      <WriteError error={remove.error} />
      <SaveSearchDialog
        opened={renamed !== null}
        onClose={() => setRenamed(null)}
        filters={filters}
        {...(renamed === null ? {} : { renamed })}
      />
    </Group>
  );
}

interface SavedProps {
  search: SavedSearch;
  onRun: () => void;
  onRename: () => void;
  onDelete: () => void;
}

function Saved({ search, onRun, onRename, onDelete }: SavedProps) {
  const { t } = useTranslation("audit");
  const name = search.name ?? t("erased_name");
  return (
    <Group gap={2} wrap="nowrap">
      <Button
        size="compact-sm"
        variant="light"
        onClick={onRun}
        leftSection={<IconBookmark size={14} aria-hidden />}
      >
        {name}
      </Button>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="md"
            aria-label={t("search_menu", { name })}
          >
            <IconDots size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={onRename} leftSection={<IconPencil size={16} aria-hidden />}>
            {t("rename")}
          </Menu.Item>
          <Menu.Item
            onClick={onDelete}
            color="red"
            leftSection={<IconTrash size={16} aria-hidden />}
          >
            {t("delete")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}
