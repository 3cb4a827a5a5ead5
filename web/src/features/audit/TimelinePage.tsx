import { Group, Stack, Text, ThemeIcon, Title } from "@mantine/core";
import { IconHistory } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { TrailLine } from "~/api/schema";
import { useFormat } from "~/i18n/useFormat";
import { EmptyState } from "~/ui/EmptyState";
import { ErrorNotice } from "~/ui/ErrorNotice";
import { LoadMore } from "~/ui/LoadMore";
import { AnchorLink } from "~/ui/links";
import { Page } from "~/ui/Page";
import lineClasses from "./Lines.module.css";
import { Placeholders } from "./ListParts";
import { hasPast, sortColors, sortIcons, sortOf } from "./lines";
import { OutcomeMark } from "./OutcomeMark";
import { timelineQuery } from "./queries";
import { RecordLinks } from "./RecordLinks";
import classes from "./Timeline.module.css";
import { useCodes } from "./useCodes";
import { Words } from "./Words";

/** The life of one record in plain words, day by day, from its first event on. */
export function TimelinePage() {
  const { t } = useTranslation("audit");
  const code = useCodes();
  const { kind, id } = useParams({ from: "/app/timeline/$kind/$id" });
  const timeline = useInfiniteQuery(timelineQuery(kind, id));
  const lines = timeline.data?.pages.flatMap((page) => page.events) ?? [];
  return (
    <Page
      title={t("timeline_title", { kind: code("kind", kind) })}
      lead={t("timeline_lead")}
      actions={hasPast(kind) && <RecordLinks kind={kind} id={id} only="as_of" />}
    >
      <Text className={lineClasses.id} c="dimmed">
        {id}
      </Text>
      {timeline.isPending && <Placeholders />}
      {timeline.isError && timeline.data === undefined && (
        <ErrorNotice error={timeline.error} onRetry={() => void timeline.refetch()} />
      )}
      {timeline.isSuccess && lines.length === 0 && (
        <EmptyState icon={IconHistory} title={t("timeline_empty")} />
      )}
      {byDay(lines).map(([day, ofDay]) => (
        <Day key={day} lines={ofDay} kind={kind} id={id} />
      ))}
      <LoadMore query={timeline} />
      <Text size="xs" c="dimmed">
        {t("looks_are_recorded")}
      </Text>
    </Page>
  );
}

/** In the reader's own days. */
function byDay(lines: TrailLine[]): [string, TrailLine[]][] {
  const days = new Map<string, TrailLine[]>();
  for (const line of lines) {
    const day = new Date(line.at).toDateString();
    days.set(day, [...(days.get(day) ?? []), line]);
  }
  return [...days];
}

interface DayProps {
  lines: TrailLine[];
  kind: string;
  id: string;
}

function Day({ lines, kind, id }: DayProps) {
  const format = useFormat();
  const first = lines[0];
  if (first === undefined) return null;
  return (
    <Stack component="section" gap="xs">
      <Title order={2} size="h4">
        {format.fullDate(first.at)}
      </Title>
      <ol className={classes.events}>
        {lines.map((line) => (
          <Event key={line.position} line={line} kind={kind} id={id} />
        ))}
      </ol>
    </Stack>
  );
}

function Event({ line, kind, id }: { line: TrailLine; kind: string; id: string }) {
  const { t } = useTranslation("audit");
  const format = useFormat();
  const code = useCodes();
  const sort = sortOf(line);
  const Picture = sortIcons[sort];
  const role = line.actor?.role ?? null;
  return (
    <li className={classes.event}>
      <ThemeIcon variant="light" color={sortColors[sort]} radius="xl" size={32}>
        <Picture size={18} aria-hidden />
      </ThemeIcon>
      <div className={classes.words}>
        <Words fw={500}>{line.words}</Words>
        <Group gap="xs">
          <Text size="xs" c="dimmed">
            <time dateTime={line.at}>{format.exact(line.at)}</time> · {code("action", line.action)}
            {role !== null && ` · ${code("role", role)}`}
          </Text>
          {line.outcome !== "success" && <OutcomeMark outcome={line.outcome} />}
          {hasPast(kind) && (
            <AnchorLink
              to="/as-of/$kind/$id"
              params={{ kind, id }}
              search={{ position: line.position }}
              size="xs"
              className={classes.jump}
              aria-label={t("as_of_after", { words: line.words })}
            >
              {t("see_as_of_here")}
            </AnchorLink>
          )}
        </Group>
      </div>
    </li>
  );
}
