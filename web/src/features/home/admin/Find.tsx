import { Button, Group, Paper, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { LOOKED_FOR } from "~/features/people/lookedFor";
import { keepDraft } from "~/session/drafts";
import { useMe } from "~/session/useSession";

/** The way to a person. The words go along in memory: a name has no place in an address. */
export function Find() {
  const { t } = useTranslation("people");
  const { accountId } = useMe();
  const navigate = useNavigate();
  const [words, setWords] = useState("");
  const find = (event: FormEvent) => {
    event.preventDefault();
    keepDraft(accountId, LOOKED_FOR, words);
    void navigate({ to: "/people" });
  };
  return (
    <Paper component="search" withBorder radius="lg" p={{ base: "md", sm: "lg" }}>
      <form onSubmit={find}>
        <Group align="flex-end" gap="sm">
          <TextInput
            type="search"
            label={t("home_find")}
            description={t("home_find_hint")}
            value={words}
            maxLength={254}
            onChange={(event) => setWords(event.currentTarget.value)}
            leftSection={<IconSearch size={18} aria-hidden />}
            flex="1 1 200px"
          />
          <Button type="submit" variant="light">
            {t("home_search")}
          </Button>
        </Group>
      </form>
    </Paper>
  );
}
