import { Group, Paper, Select, Skeleton, Stack, TextInput, VisuallyHidden } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconSearch, IconUserSearch } from "@tabler/icons-react";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { asRole, asStatus, ROLES, STATUSES } from "~/features/people/kinds";
import { LOOKED_FOR } from "~/features/people/lookedFor";
import { PersonLine } from "~/features/people/PersonLine";
import classes from "~/features/people/people.module.css";
import { usePeople } from "~/features/people/queries";
import { keepDraft, readDraft } from "~/session/drafts";
import { useMe } from "~/session/useSession";
import { EmptyState } from "~/ui/EmptyState";
import { ErrorNotice } from "~/ui/ErrorNotice";
import { LoadMore } from "~/ui/LoadMore";
import { Page } from "~/ui/Page";

const TYPING_MS = 250;

/** Who has an account. */
export function PeoplePage() {
  const { t } = useTranslation("people");
  const { accountId } = useMe();
  const [words, setWords] = useState(() => readDraft(accountId, LOOKED_FOR));
  const [asked] = useDebouncedValue(words.trim(), TYPING_MS);
  const look = (text: string) => {
    setWords(text);
    keepDraft(accountId, LOOKED_FOR, text);
  };
  return (
    <Page title={t("people_title")} lead={t("people_lead")}>
      <Group component="search" align="flex-end" gap="sm">
        <TextInput
          type="search"
          label={t("search")}
          description={t("search_hint")}
          leftSection={<IconSearch size={18} aria-hidden />}
          value={words}
          maxLength={254}
          onChange={(event) => look(event.currentTarget.value)}
          flex={{ base: "1 1 100%", sm: "1 1 300px" }}
        />
        <Filters />
      </Group>
      <Found words={asked} />
    </Page>
  );
}

function Filters() {
  const { t } = useTranslation("people");
  const filter = useSearch({ from: "/app/people" });
  const navigate = useNavigate({ from: "/people" });
  const { status, role } = filter;
  return (
    <>
      <Select
        label={t("filter_status")}
        data={STATUSES.map((value) => ({ value, label: t(`status_${value}`) }))}
        value={status ?? "active"}
        allowDeselect={false}
        onChange={(value) =>
          void navigate({ search: { ...asRole(role), ...asStatus(value) }, replace: true })
        }
        w={{ base: "calc(50% - 6px)", sm: 160 }}
      />
      <Select
        label={t("filter_role")}
        data={[
          { value: "", label: t("any_role") },
          ...ROLES.map((value) => ({ value, label: t(`role_${value}`) })),
        ]}
        value={role ?? ""}
        allowDeselect={false}
        onChange={(value) =>
          void navigate({ search: { ...asStatus(status), ...asRole(value) }, replace: true })
        }
        w={{ base: "calc(50% - 6px)", sm: 190 }}
      />
    </>
  );
}

function Found({ words }: { words: string }) {
  const { t } = useTranslation("people");
  const filter = useSearch({ from: "/app/people" });
  const found = usePeople(words, filter);
  if (found.isPending) return <Skeleton height={380} radius="lg" />;
  if (found.isError) {
    return <ErrorNotice error={found.error} onRetry={() => void found.refetch()} />;
  }
  const people = found.data.pages.flatMap((page) => page.users);
  return (
    <Stack>
      <VisuallyHidden role="status">{t("found_count", { count: people.length })}</VisuallyHidden>
      {people.length === 0 ? (
        <EmptyState icon={IconUserSearch} title={t("nobody_title")}>
          {t("nobody_words")}
        </EmptyState>
      ) : (
        <Paper withBorder radius="lg" style={{ overflow: "hidden" }}>
          <ul className={classes.lines}>
            {people.map((person) => (
              <li key={person.account_id}>
                <PersonLine person={person} />
              </li>
            ))}
          </ul>
        </Paper>
      )}
      <LoadMore query={found} />
    </Stack>
  );
}
