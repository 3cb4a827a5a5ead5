import { Badge, Card, Group, List, Stack, Text, Title } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { ApiError } from "~/api/errors";
import type { CouldSee, CouldSeeRecord } from "~/api/schema";
import { useFormat } from "~/i18n/useFormat";
import { ErrorNotice } from "~/ui/ErrorNotice";
import { LoadMore } from "~/ui/LoadMore";
import { AnchorLink } from "~/ui/links";
import { useErrorWords } from "~/ui/useErrorWords";
import { Placeholders } from "./ListParts";
import { couldSeeQuery } from "./queries";
import { useCodes } from "./useCodes";
import { useNames } from "./useNames";

const kinds = ["room", "appointment", "consultation"] as const;

/** The answer: who they were then, what was open to them, and each record with what they could do. */
export function CouldSeeList({ person, at }: { person: string; at: string | undefined }) {
  const { t } = useTranslation("audit");
  const words = useErrorWords("audit");
  const query = useInfiniteQuery(couldSeeQuery(person, at));
  if (query.isPending) return <Placeholders />;
  if (query.isError && query.data === undefined) {
    if (query.error instanceof ApiError && query.error.status < 500) {
      return <Text role="alert">{words(query.error)}</Text>;
    }
    return <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />;
  }
  const [first] = query.data.pages;
  const records = query.data.pages.flatMap((page) => page.records);
  if (first === undefined) return null;
  return (
    <Stack gap="md">
      <Them answer={first} />
      {records.length === 0 && !query.hasNextPage && <Text>{t("could_see_nothing")}</Text>}
      {kinds.map((kind) => (
        <OfKind
          key={kind}
          kind={kind}
          position={first.position}
          records={records.filter((record) => record.kind === kind)}
        />
      ))}
      <LoadMore query={query} />
      <ByRole answer={first} />
    </Stack>
  );
}

function Them({ answer }: { answer: CouldSee }) {
  const { t } = useTranslation("audit");
  const format = useFormat();
  const code = useCodes();
  const { grants, name, recorded_at, role, sessions, status } = answer;
  return (
    <Card component="section" withBorder padding="md" role="status">
      <Stack gap="xs">
        <Title order={2} size="h3">
          {name || t("erased_name")}
        </Title>
        <Text size="sm">
          {code("role", role)} · {code("status", status)} ·{" "}
          {t("as_it_was_at", { at: format.exact(recorded_at) })}
        </Text>
        <Text size="sm">
          {sessions.length === 0
            ? t("no_sessions")
            : t("sessions_open", {
                count: sessions.length,
                at: format.exact(sessions[0]?.began_at ?? recorded_at),
              })}
        </Text>
        {grants.map((grant) => (
          <Text key={grant.grant_id} size="sm">
            {t("held_grant", { at: format.exact(grant.expires_at) })}
          </Text>
        ))}
      </Stack>
    </Card>
  );
}

interface OfKindProps {
  kind: (typeof kinds)[number];
  records: CouldSeeRecord[];
  position: number;
}

function OfKind({ kind, records, position }: OfKindProps) {
  const { t } = useTranslation("audit");
  if (records.length === 0) return null;
  return (
    <Stack component="section" gap="xs">
      <Title order={2} size="h4">
        {t(`could_see_${kind}`, { count: records.length })}
      </Title>
      {records.map((record) => (
        <Seen key={record.id} record={record} position={position} />
      ))}
    </Stack>
  );
}

function Seen({ record, position }: { record: CouldSeeRecord; position: number }) {
  const { t } = useTranslation("audit");
  const format = useFormat();
  const code = useCodes();
  const name = useNames();
  const { id, kind, may, patient_id, doctor_id, signed, since, status } = record;
  return (
    <Card component="article" withBorder padding="sm">
      <Group justify="space-between" gap="xs">
        <Text fw={500}>{t("the_two", { patient: name(patient_id), doctor: name(doctor_id) })}</Text>
        <Group gap="xs">
          {status !== null && (
            <Badge variant="default" tt="none">
              {code("status", status)}
            </Badge>
          )}
          {signed !== null && (
            <Badge variant="default" tt="none">
              {signed ? t("signed_short") : t("draft")}
            </Badge>
          )}
        </Group>
      </Group>
      <Text size="sm" c="dimmed">
        {t("since", { at: format.dateTime(since) })}
      </Text>
      <Text size="sm">{t("could", { may: may.map((one) => code("may", one)).join(", ") })}</Text>
      <AnchorLink to="/as-of/$kind/$id" params={{ kind, id }} search={{ position }} size="sm">
        {t("see_as_of_then")}
      </AnchorLink>
    </Card>
  );
}

function ByRole({ answer: { by_role } }: { answer: CouldSee }) {
  const { t } = useTranslation("audit");
  const code = useCodes();
  if (by_role.length === 0) return null;
  return (
    <Card component="section" withBorder padding="md">
      <Title order={2} size="h4" mb="xs">
        {t("by_role")}
      </Title>
      <List size="sm">
        {by_role.map((action) => (
          <List.Item key={action}>{code("may", action)}</List.Item>
        ))}
      </List>
    </Card>
  );
}
