import { Button, Group, Stack } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorNotice } from "~/ui/ErrorNotice";
import { PersonPicker } from "../PersonPicker";
import { findByIds, knownQuery } from "../people";

/**
 * Straight to somebody: of a patient everything that concerns them, of anybody else what they
 * did. An id that is nobody's is taken for a record's.
 */
export function FindBox() {
  const { t } = useTranslation("audit");
  const navigate = useNavigate();
  const client = useQueryClient();
  const [chosen, setChosen] = useState<string | undefined>();
  const find = useMutation({
    mutationFn: async (id: string) => {
      const known = client.getQueryData(knownQuery.queryKey)?.[id];
      return known ?? (await findByIds(client, [id]))[0];
    },
    onSuccess: (person, id) => {
      const of = person?.role === "patient" ? { patient: id } : { person: id };
      return navigate({ to: "/audit", search: person ? of : { record: id } });
    },
  });
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    if (chosen !== undefined) find.mutate(chosen);
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <PersonPicker
          label={t("find_label")}
          description={t("find_words")}
          value={chosen}
          onChange={setChosen}
        />
        {find.error !== null && <ErrorNotice error={find.error} />}
        <Group>
          <Button
            type="submit"
            loading={find.isPending}
            leftSection={<IconSearch size={18} aria-hidden />}
          >
            {t("search")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
