import { Card, Group, Stack, Text, ThemeIcon, Title } from "@mantine/core";
import {
  type Icon,
  IconCircleCheck,
  IconFlag,
  IconHourglass,
  IconShieldCheck,
} from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { TrailLine } from "~/api/schema";
import { GrantCard } from "~/features/break_glass/GrantCard";
import { reportsQuery } from "~/features/reports/queries";
import { useFormat } from "~/i18n/useFormat";
import { useMe } from "~/session/useSession";
import { EmptyState } from "~/ui/EmptyState";
import { ErrorNotice } from "~/ui/ErrorNotice";
import { AnchorLink } from "~/ui/links";
import { LineDetails } from "../LineDetails";
import { Lines } from "../Lines";
import { Placeholders } from "../ListParts";
import { grantsQuery, searchQuery } from "../queries";
import { useNames } from "../useNames";

const SHOWN_MAX = 5;
const TRIES_SHOWN = 10;

/** Grants of other officers that wait for somebody else to look at them. */
export function GrantsToReview() {
  const { t } = useTranslation("audit");
  const { accountId } = useMe();
  const query = useInfiniteQuery(grantsQuery({ state: "to_review" }));
  const all = query.data?.pages.flatMap((page) => page.grants) ?? [];
  const others = all.filter((grant) => grant.officer.account_id !== accountId);
  const own = all.length - others.length;
  return (
    <Section title={t("home_reviews")} icon={IconHourglass} query={query}>
      {others.length === 0 && <Fine words={t("home_no_grants")} />}
      {others.slice(0, SHOWN_MAX).map((grant) => (
        <GrantCard key={grant.grant_id} grant={grant} />
      ))}
      {own > 0 && (
        <Text size="sm" c="dimmed">
          {t("home_own_waiting", { count: own })}
        </Text>
      )}
      <AnchorLink to="/break-glass" size="sm">
        {t("home_all_grants")}
      </AnchorLink>
    </Section>
  );
}

/** Messages that were reported and wait for a decision. */
export function OpenReports() {
  const { t } = useTranslation("audit");
  const format = useFormat();
  const name = useNames();
  const query = useInfiniteQuery(reportsQuery("open"));
  const all = query.data?.pages.flatMap((page) => page.reports) ?? [];
  return (
    <Section title={t("home_reports")} icon={IconFlag} query={query}>
      {all.length === 0 && <Fine words={t("home_no_reports")} />}
      {all.slice(0, SHOWN_MAX).map((report) => (
        <Text key={report.position} size="sm">
          {t("home_report", {
            number: report.number,
            name: name(report.author_id),
            at: format.dateTime(report.reported_at),
          })}
        </Text>
      ))}
      <AnchorLink to="/reports" size="sm">
        {t("home_all_reports")}
      </AnchorLink>
    </Section>
  );
}

/** What was refused lately: attempts that were not allowed, and tokens that came twice. */
export function Tries() {
  const { t } = useTranslation("audit");
  const [open, setOpen] = useState<TrailLine | null>(null);
  const query = useInfiniteQuery(searchQuery({ outcome: "denied" }, TRIES_SHOWN));
  const lines = query.data?.pages[0]?.events ?? [];
  return (
    <Section title={t("home_tries")} icon={IconShieldCheck} query={query}>
      {lines.length === 0 && (
        <EmptyState icon={IconShieldCheck} title={t("home_no_tries")}>
          {t("home_no_tries_words")}
        </EmptyState>
      )}
      {lines.length > 0 && <Lines lines={lines} onOpen={setOpen} />}
      <AnchorLink to="/audit" search={{ outcome: "denied" }} size="sm">
        {t("home_all_tries")}
      </AnchorLink>
      <LineDetails line={open} onClose={() => setOpen(null)} />
    </Section>
  );
}

interface SectionProps {
  title: string;
  icon: Icon;
  query: { isPending: boolean; isError: boolean; error: unknown; refetch: () => unknown };
  children: ReactNode;
}

function Section({ title, icon: Picture, query, children }: SectionProps) {
  return (
    <Card component="section" withBorder padding="lg">
      <Stack gap="sm">
        <Group gap="sm">
          <ThemeIcon variant="light" size={32}>
            <Picture size={18} aria-hidden />
          </ThemeIcon>
          <Title order={2} size="h3">
            {title}
          </Title>
        </Group>
        {query.isPending && <Placeholders rows={2} />}
        {query.isError && <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />}
        {!query.isPending && !query.isError && children}
      </Stack>
    </Card>
  );
}

function Fine({ words }: { words: string }) {
  return (
    <Group gap="xs">
      <IconCircleCheck size={20} color="var(--mantine-color-teal-text)" aria-hidden />
      <Text size="sm">{words}</Text>
    </Group>
  );
}
