import { Group, Paper, Skeleton, Stack, Text, Title } from "@mantine/core";
import { IconUserCheck } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { User } from "~/api/schema";
import { useApprovals } from "~/features/people/queries";
import { RequestDecision } from "~/features/people/RequestDecision";
import { EmptyState } from "~/ui/EmptyState";
import { ErrorNotice } from "~/ui/ErrorNotice";
import { LoadMore } from "~/ui/LoadMore";
import { AnchorLink } from "~/ui/links";
import { Page } from "~/ui/Page";
import { PersonAvatar } from "~/ui/PersonAvatar";

/** Who waits to be let in, the first who asked first. */
export function ApprovalsPage() {
  const { t } = useTranslation("people");
  return (
    <Page title={t("approvals_title")} lead={t("approvals_lead")}>
      <Waiting />
    </Page>
  );
}

function Waiting() {
  const { t } = useTranslation("people");
  const waiting = useApprovals();
  if (waiting.isPending) return <Skeleton height={260} radius="lg" />;
  if (waiting.isError) {
    return <ErrorNotice error={waiting.error} onRetry={() => void waiting.refetch()} />;
  }
  const people = waiting.data.pages.flatMap((page) => page.users);
  if (people.length === 0) {
    return (
      <EmptyState icon={IconUserCheck} title={t("approvals_none")}>
        {t("approvals_none_words")}
      </EmptyState>
    );
  }
  return (
    <Stack>
      {people.map((person) => (
        <Request key={person.account_id} person={person} />
      ))}
      <LoadMore query={waiting} />
    </Stack>
  );
}

function Request({ person }: { person: User }) {
  const { account_id: accountId, name, username, email } = person;
  return (
    <Paper
      component="article"
      withBorder
      radius="lg"
      p={{ base: "md", sm: "lg" }}
      aria-label={name}
    >
      <Stack gap="sm">
        <Group gap="sm" wrap="nowrap">
          <PersonAvatar name={name} size={44} />
          <div style={{ minWidth: 0 }}>
            <Title order={2} size="h4">
              <AnchorLink to="/people/$accountId" params={{ accountId }} inherit c="inherit">
                {name}
              </AnchorLink>
            </Title>
            <Text size="sm" c="dimmed" style={{ overflowWrap: "anywhere" }}>
              <bdi>{username}</bdi> · <bdi>{email}</bdi>
            </Text>
          </div>
        </Group>
        <RequestDecision person={person} />
      </Stack>
    </Paper>
  );
}
