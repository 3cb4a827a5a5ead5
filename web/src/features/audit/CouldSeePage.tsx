import { Button, Card, Stack, Text } from "@mantine/core";
import { IconEye, IconEyeSearch } from "@tabler/icons-react";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "~/ui/EmptyState";
import { Page } from "~/ui/Page";
import { CouldSeeList } from "./CouldSeeList";
import { InstantField } from "./InstantField";
import { PersonPicker } from "./PersonPicker";

interface Asked {
  person?: string;
  at?: string;
}

/** What somebody could see at a moment, whether they looked or not. */
export function CouldSeePage() {
  const { t } = useTranslation("audit");
  const { person, at } = useSearch({ from: "/app/could-see" });
  return (
    <Page title={t("could_see_title")} lead={t("could_see_lead")}>
      <Question key={`${person} ${at}`} {...(person ? { person } : {})} {...(at ? { at } : {})} />
      {person === undefined ? (
        <EmptyState icon={IconEyeSearch} title={t("could_see_empty")}>
          {t("could_see_empty_words")}
        </EmptyState>
      ) : (
        <CouldSeeList person={person} at={at} />
      )}
      <Text size="xs" c="dimmed">
        {t("looks_are_recorded")}
      </Text>
    </Page>
  );
}

function Question(asked: Asked) {
  const { t } = useTranslation("audit");
  const navigate = useNavigate();
  const [person, setPerson] = useState(asked.person);
  const [at, setAt] = useState(asked.at);
  const [missing, setMissing] = useState(false);
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    setMissing(person === undefined);
    if (person === undefined) return;
    void navigate({ to: "/could-see", search: { person, ...(at === undefined ? {} : { at }) } });
  };
  return (
    <Card component="form" withBorder padding="md" onSubmit={submit} noValidate>
      <Stack gap="sm" align="stretch">
        <PersonPicker
          label={t("could_see_person")}
          value={person}
          onChange={setPerson}
          error={missing && person === undefined ? t("error_person_missing") : undefined}
          required
        />
        <InstantField
          label={t("could_see_at")}
          description={t("could_see_at_words")}
          value={at}
          onChange={setAt}
        />
        <Button type="submit" leftSection={<IconEye size={18} aria-hidden />} w="fit-content">
          {t("could_see_ask")}
        </Button>
      </Stack>
    </Card>
  );
}
