import { SegmentedControl, Stack } from "@mantine/core";
import { IconFlag } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ReportState } from "~/api/schema";
import { Placeholders } from "~/features/audit/ListParts";
import { EmptyState } from "~/ui/EmptyState";
import { ErrorNotice } from "~/ui/ErrorNotice";
import { LoadMore } from "~/ui/LoadMore";
import { Page } from "~/ui/Page";
import { reportsQuery } from "./queries";
import { ReportCard } from "./ReportCard";

const states: ReportState[] = ["open", "decided"];

/** Messages that were reported as sent to the wrong patient, and what becomes of them. */
export function ReportsPage() {
  const { t } = useTranslation("reports");
  const [state, setState] = useState<ReportState>("open");
  const reports = useInfiniteQuery(reportsQuery(state));
  const all = reports.data?.pages.flatMap((page) => page.reports) ?? [];
  return (
    <Page title={t("title")} lead={t("lead")}>
      <SegmentedControl
        aria-label={t("filter")}
        data={states.map((value) => ({ value, label: t(`state_${value}`) }))}
        value={state}
        onChange={(value) => setState(value as ReportState)}
      />
      {reports.isPending && <Placeholders rows={3} />}
      {reports.isError && (
        <ErrorNotice error={reports.error} onRetry={() => void reports.refetch()} />
      )}
      {reports.isSuccess && all.length === 0 && (
        <EmptyState icon={IconFlag} title={t(`none_${state}`)}>
          {t(`none_${state}_words`)}
        </EmptyState>
      )}
      <Stack gap="md">
        {all.map((report) => (
          <ReportCard key={report.position} report={report} />
        ))}
      </Stack>
      <LoadMore query={reports} />
    </Page>
  );
}
