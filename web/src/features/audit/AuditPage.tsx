import { Stack, Text } from "@mantine/core";
import { IconListSearch } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { TrailLine } from "~/api/schema";
import { EmptyState } from "~/ui/EmptyState";
import { ErrorNotice } from "~/ui/ErrorNotice";
import { LoadMore } from "~/ui/LoadMore";
import { Page } from "~/ui/Page";
import { AuditTabs } from "./AuditTabs";
import { Filtering } from "./Filtering";
import type { Filters } from "./filters";
import { LineDetails } from "./LineDetails";
import { Lines } from "./Lines";
import { Placeholders } from "./ListParts";
import { searchQuery } from "./queries";
import { SavedSearches } from "./SavedSearches";
import { SearchActions } from "./SearchActions";

/** The explorer of the trail: every line there is, by anything that it says. */
export function AuditPage() {
  const { t } = useTranslation("audit");
  const filters = useSearch({ from: "/app/audit" });
  const navigate = useNavigate();
  const [open, setOpen] = useState<TrailLine | null>(null);
  const search = (next: Filters) => navigate({ to: "/audit", search: next });
  return (
    <Page title={t("audit_title")} lead={t("audit_lead")} size="xl">
      <AuditTabs />
      <Filtering filters={filters} onSearch={search} />
      <SavedSearches filters={filters} onRun={search} />
      <Found filters={filters} onOpen={setOpen} />
      <LineDetails line={open} onClose={() => setOpen(null)} />
    </Page>
  );
}

function Found({ filters, onOpen }: { filters: Filters; onOpen: (line: TrailLine) => void }) {
  const { t } = useTranslation("audit");
  const found = useInfiniteQuery(searchQuery(filters));
  if (found.isPending) return <Placeholders />;
  if (found.isError && found.data === undefined) {
    return <ErrorNotice error={found.error} onRetry={() => void found.refetch()} />;
  }
  const lines = found.data.pages.flatMap((page) => page.events);
  return (
    <Stack component="section" gap="sm" aria-label={t("found_label")}>
      <SearchActions
        filters={filters}
        lines={lines}
        complete={!found.hasNextPage}
        refreshing={found.isRefetching}
        onRefresh={() => void found.refetch()}
      />
      {lines.length === 0 && !found.hasNextPage ? (
        <EmptyState icon={IconListSearch} title={t("found_nothing")}>
          {t("found_nothing_words")}
        </EmptyState>
      ) : (
        <Lines lines={lines} onOpen={onOpen} />
      )}
      <LoadMore query={found} />
      <Text size="xs" c="dimmed">
        {t("looks_are_recorded")}
      </Text>
    </Stack>
  );
}
