import { Alert, Group, Paper, Stack, Text } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { ApiError } from "~/api/errors";
import type { User } from "~/api/schema";
import { NotFoundPage } from "~/app/NotFoundPage";
import { Decisions } from "~/features/people/Decisions";
import classes from "~/features/people/people.module.css";
import { usePerson } from "~/features/people/queries";
import { StatusBadge } from "~/features/people/StatusBadge";
import { useFormat } from "~/i18n/useFormat";
import { useMe } from "~/session/useSession";
import { Fetched } from "~/ui/Fetched";
import { AnchorLink } from "~/ui/links";
import { Page } from "~/ui/Page";
import { PersonAvatar } from "~/ui/PersonAvatar";

/** One account: who it is, and what an administrator can do with it. */
export function PersonPage() {
  const { t } = useTranslation("people");
  const { accountId } = useParams({ from: "/app/people/$accountId" });
  const person = usePerson(accountId);
  const me = useMe();
  if (person.error instanceof ApiError && [400, 404].includes(person.error.status)) {
    return <NotFoundPage />;
  }
  const name = person.data?.name === "" ? t("erased") : (person.data?.name ?? "…");
  return (
    <Page title={name}>
      <AnchorLink to="/people" size="sm" className={classes.back}>
        <Group gap={4} component="span">
          <IconArrowLeft size={16} className={classes.arrow} aria-hidden />
          {t("back")}
        </Group>
      </AnchorLink>
      <Fetched query={person} rows={1} rowHeight={220}>
        {(found) => (
          <>
            <Facts person={found} />
            {accountId === me.accountId ? (
              <Alert color="calm">{t("yourself")}</Alert>
            ) : (
              <Decisions key={accountId} person={found} />
            )}
            <AnchorLink to="/deleted" search={{ person: accountId }}>
              {t("deleted_of")}
            </AnchorLink>
          </>
        )}
      </Fetched>
    </Page>
  );
}

function Facts({ person }: { person: User }) {
  const { t } = useTranslation(["people", "settings"]);
  const { date } = useFormat();
  const { requested_role: requested, specialty } = person;
  const facts: [string, string | null][] = [
    [t("username"), person.username],
    [t("email"), person.email],
    [t("role"), t(`role_${person.role}`)],
    [t("requested"), requested === null ? null : t(`role_${requested}`)],
    [t("specialty"), specialty === null ? null : t(`settings:specialty_${specialty}`)],
    [t("registered"), date(person.registered_at)],
  ];
  return (
    <Paper withBorder radius="lg" p={{ base: "md", sm: "lg" }}>
      <Group align="flex-start" gap="md">
        <PersonAvatar name={person.name} size={80} accountId={person.account_id} />
        <Stack gap="sm" flex="1 1 300px">
          <Group gap="xs">
            <Text c="dimmed">{t("status")}</Text>
            <StatusBadge status={person.status} />
          </Group>
          <dl className={classes.facts}>
            {facts.map(
              ([label, value]) =>
                value !== null && (
                  <div key={label} className={classes.fact}>
                    <dt>{label}</dt>
                    <dd>
                      <bdi>{value}</bdi>
                    </dd>
                  </div>
                ),
            )}
          </dl>
        </Stack>
      </Group>
    </Paper>
  );
}
