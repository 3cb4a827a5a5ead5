import { Badge, Card, Group, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { FieldChange, FieldValue } from "~/api/schema";
import { useFormat } from "~/i18n/useFormat";
import { ErrorNotice } from "~/ui/ErrorNotice";
import { useCodes } from "../useCodes";
import { prescription, written } from "./facts";
import classes from "./Moment.module.css";
import { fieldChangesQuery } from "./queries";

/**
 * Who had set which field of a consultation by then. It tells what the sealed words can not:
 * which of them are other ones now.
 */
export function FieldHistory({ id, position }: { id: string; position: number }) {
  const { t } = useTranslation("audit");
  const changes = useQuery(fieldChangesQuery(id));
  const until = changes.data?.filter((change) => change.position <= position) ?? [];
  return (
    <Card component="section" withBorder padding="md">
      <Stack gap="sm">
        <Title order={2} size="h4">
          {t("field_history")}
        </Title>
        {changes.isError && (
          <ErrorNotice error={changes.error} onRetry={() => void changes.refetch()} />
        )}
        {changes.isSuccess && until.length === 0 && <Text c="dimmed">{t("no_fields_yet")}</Text>}
        <ol className={classes.messages}>
          {until.toReversed().map((change) => (
            <Entry
              key={`${change.position} ${change.field}`}
              change={change}
              here={change.position === position}
            />
          ))}
        </ol>
      </Stack>
    </Card>
  );
}

function Entry({ change, here }: { change: FieldChange; here: boolean }) {
  const { t } = useTranslation("audit");
  const format = useFormat();
  const code = useCodes();
  const value = useValueWords();
  return (
    <li className={classes.message} data-changed={here}>
      <Group gap="xs">
        <Text size="sm" fw={600}>
          {code("field", change.field)}
        </Text>
        {here && (
          <Badge variant="default" tt="none" size="sm">
            {t("written_here")}
          </Badge>
        )}
      </Group>
      <Text size="sm" className={classes.body}>
        {t("change_from_to", {
          before: isolated(value(change.before)),
          now: isolated(value(change.after)),
        })}
      </Text>
      <Text size="xs" c="dimmed">
        {t("version_by", {
          version: change.version,
          name: change.by_name,
          at: format.exact(change.at),
        })}
        {change.reason !== null && ` · ${t("fact_reason")}: ${written(change.reason, t)}`}
      </Text>
    </li>
  );
}

/** What was written keeps its own direction within the sentence (Unicode's first strong isolate). */
function isolated(words: string): string {
  return `\u2068${words}\u2069`;
}

/** A text, a list of prescriptions or a day, in words. */
function useValueWords(): (value: FieldValue) => string {
  const { t } = useTranslation("audit");
  const format = useFormat();
  return (value) => {
    if (value === null) return t("nothing");
    if (value === "sealed" || value === "erased") return t(value);
    if (typeof value === "string") return format.date(value);
    if ("open" in value) return value.open;
    return value.map((one) => prescription(one, { t, format })).join("; ") || t("nothing");
  };
}
