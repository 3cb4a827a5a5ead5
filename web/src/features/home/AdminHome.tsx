import {
  Anchor,
  Badge,
  Button,
  Group,
  Paper,
  Skeleton,
  Stack,
  Text,
  TextInput,
  Title,
} from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, ok } from "~/api/client";
import { keys } from "~/api/keys";
import { useDeletedItems, usePeopleOf } from "~/features/deleted/queries";
import { useNames } from "~/features/deleted/useNames";
import classes from "~/features/home/AdminHome.module.css";
import { LOOKED_FOR } from "~/features/people/lookedFor";
import { useApprovals } from "~/features/people/queries";
import { useSystemHealth } from "~/features/system/queries";
import { behindOf } from "~/features/system/samples";
import { stateOf } from "~/features/system/state";
import { useFormat } from "~/i18n/useFormat";
import { keepDraft } from "~/session/drafts";
import { useMe } from "~/session/useSession";
import { ErrorNotice } from "~/ui/ErrorNotice";
import { Page } from "~/ui/Page";
import { PersonAvatar } from "~/ui/PersonAvatar";

const SHOWN = 4;
const HEALTH_EVERY_MS = 30_000;

/** What waits for an administrator, and whether all is well. */
export function AdminHome() {
  const { t } = useTranslation("people");
  const { t: home } = useTranslation("home");
  const me = useQuery({ queryKey: keys.me, queryFn: () => ok(api.GET("/api/users/me")) });
  return (
    <Page title={home("welcome", { name: me.data?.name ?? "" })} lead={t("home_lead")}>
      <div className={classes.cards}>
        <Waiting />
        <Stack>
          <Health />
          <Find />
        </Stack>
        <Deleted />
      </div>
    </Page>
  );
}

function Card({ title, children, more }: { title: string; children: ReactNode; more: ReactNode }) {
  return (
    <Paper
      component="section"
      withBorder
      radius="lg"
      p={{ base: "md", sm: "lg" }}
      aria-label={title}
    >
      <Stack gap="md" align="stretch">
        <Title order={2} size="h4">
          {title}
        </Title>
        {children}
        {more}
      </Stack>
    </Paper>
  );
}

function Waiting() {
  const { t } = useTranslation("people");
  const { date } = useFormat();
  const waiting = useApprovals();
  if (waiting.isPending) return <Skeleton height={220} radius="lg" />;
  if (waiting.isError) {
    return <ErrorNotice error={waiting.error} onRetry={() => void waiting.refetch()} />;
  }
  const people = waiting.data.pages.flatMap((page) => page.users);
  const count = people.length;
  const title = waiting.hasNextPage
    ? t("home_waiting_more", { count })
    : t("home_waiting", { count });
  return (
    <Card
      title={count === 0 ? t("home_waiting_none") : title}
      more={
        <Button component={Link} to="/approvals" variant={count === 0 ? "default" : "filled"}>
          {t("home_to_approvals")}
        </Button>
      }
    >
      {people.slice(0, SHOWN).map((person) => (
        <Group key={person.account_id} gap="sm" wrap="nowrap">
          <PersonAvatar name={person.name} />
          <div className={classes.who}>
            <Text fw={600} truncate>
              {person.name}
            </Text>
            <Text size="sm" c="dimmed">
              {person.requested_role !== null && t(`role_${person.requested_role}`)} ·{" "}
              {date(person.registered_at)}
            </Text>
          </div>
        </Group>
      ))}
      {count === 0 && <Text c="dimmed">{t("approvals_none_words")}</Text>}
    </Card>
  );
}

const COLOURS = { good: "green", behind: "yellow", stopped: "red" } as const;

function Health() {
  const { t } = useTranslation("people");
  const health = useSystemHealth(HEALTH_EVERY_MS);
  if (health.isPending) return <Skeleton height={150} radius="lg" />;
  if (health.isError && health.data === undefined) {
    return <ErrorNotice error={health.error} onRetry={() => void health.refetch()} />;
  }
  const state = stateOf(health.data);
  const stopped = health.data.readers.filter((reader) => reader.stopped !== null).length;
  const words = {
    good: t("home_health_good"),
    behind: t("home_health_behind", { count: behindOf(health.data) }),
    stopped: t("home_health_stopped", { count: stopped }),
  };
  return (
    <Card
      title={t("home_health")}
      more={
        <Anchor component={Link} to="/system">
          {t("home_to_system")}
        </Anchor>
      }
    >
      <Badge color={COLOURS[state]} variant="light" size="lg" tt="none">
        {words[state]}
      </Badge>
    </Card>
  );
}

/** The words go along in memory: a name has no place in an address. */
function Find() {
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

function Deleted() {
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
      more={
        <Anchor component={Link} to="/deleted">
          {t("home_to_deleted")}
        </Anchor>
      }
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
