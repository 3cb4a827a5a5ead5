import { Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "~/api/errors";
import type { SavedSearch } from "~/api/schema";
import { useErrorWords } from "~/ui/useErrorWords";
import { WriteError } from "~/ui/WriteError";
import { type Filters, filtersOf } from "./filters";
import { useRenameSearch, useSaveSearch } from "./queries";

interface Props {
  opened: boolean;
  onClose: () => void;
  filters: Filters;
  /** One that is there already, to be called something else. */
  renamed?: SavedSearch;
}

const NAME_MAX = 80;
const BESIDE_THE_FIELD = ["search_name_taken", "search_name_invalid"];

/** Keeps a search under a name, or under another one. */
export function SaveSearchDialog({ opened, onClose, filters, renamed }: Props) {
  const { t } = useTranslation("audit");
  const title = renamed === undefined ? t("save_search") : t("rename_search");
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <SaveSearchForm onClose={onClose} filters={filters} {...(renamed ? { renamed } : {})} />
    </Modal>
  );
}

function SaveSearchForm({ onClose, filters, renamed }: Omit<Props, "opened">) {
  const { t } = useTranslation("audit");
  const words = useErrorWords("audit");
  const [name, setName] = useState(renamed?.name ?? "");
  const save = useSaveSearch();
  const rename = useRenameSearch();
  const { error, isPending } = renamed === undefined ? save : rename;
  const refused = error instanceof ApiError && BESIDE_THE_FIELD.includes(error.code);
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    const content = { name: name.trim(), filters: renamed ? filtersOf(renamed.filters) : filters };
    if (renamed === undefined) save.mutate(content, { onSuccess: onClose });
    else rename.mutate({ search_id: renamed.search_id, ...content }, { onSuccess: onClose });
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        {!refused && <WriteError error={error} namespace="audit" />}
        <TextInput
          label={t("search_name")}
          description={t("search_name_words")}
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
          maxLength={NAME_MAX}
          required
          data-autofocus
          error={refused ? words(error) : undefined}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button type="submit" loading={isPending} disabled={name.trim() === ""}>
            {t("save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
