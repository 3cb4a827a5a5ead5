import { Button, Group, Stack } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { PersonPicker } from "../PersonPicker";
import { peopleQuery } from "../queries";

/**
 * Straight to somebody: of a patient everything that concerns them, of anybody else what they
 * did. An id that is nobody's whom the trail knows by name is taken for a record's.
 */
export function FindBox() {
  const { t } = useTranslation("audit");
  const navigate = useNavigate();
  const people = useQuery(peopleQuery);
  const [chosen, setChosen] = useState<string | undefined>();
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    if (chosen === undefined) return;
    const known = people.data?.find(({ account_id }) => account_id === chosen);
    const search =
      known === undefined
        ? { record: chosen }
        : known.patient
          ? { patient: chosen }
          : { person: chosen };
    void navigate({ to: "/audit", search });
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
        <Group>
          <Button type="submit" leftSection={<IconSearch size={18} aria-hidden />}>
            {t("search")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
