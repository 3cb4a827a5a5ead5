import { Button, Group, Stack } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { PersonPicker } from "../PersonPicker";
import { askWho, knownQuery } from "../people";

/**
 * Straight to somebody: of a patient everything that concerns them, of anybody else what they
 * did. An id that is nobody's is taken for a record's.
 */
export function FindBox() {
  const { t } = useTranslation("audit");
  const navigate = useNavigate();
  const client = useQueryClient();
  const [chosen, setChosen] = useState<string | undefined>();
  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    if (chosen === undefined) return;
    // Without an answer it is taken for a record: that page says what is wrong.
    await askWho(client, chosen).catch(() => undefined);
    const person = client.getQueryData(knownQuery.queryKey)?.[chosen];
    const of = person?.role === "patient" ? { patient: chosen } : { person: chosen };
    await navigate({ to: "/audit", search: person ? of : { record: chosen } });
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack gap="sm">
        <PersonPicker
          label={t("find_label")}
          description={t("find_words")}
          value={chosen}
          onChange={setChosen}
        />
        <Group>
          <Button type="submit" leftSection={<IconSearch size={18} aria-hidden />}>
            {t("search")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
