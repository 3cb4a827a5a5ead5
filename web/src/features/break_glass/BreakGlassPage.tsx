import { SegmentedControl, Stack, Title } from "@mantine/core";
import { IconKey } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { GrantState } from "~/api/schema";
import { Placeholders } from "~/features/audit/ListParts";
import { grantsQuery } from "~/features/audit/queries";
import { EmptyState } from "~/ui/EmptyState";
import { ErrorNotice } from "~/ui/ErrorNotice";
import { LoadMore } from "~/ui/LoadMore";
import { Page } from "~/ui/Page";
import { GrantCard } from "./GrantCard";
import { OpenRecordForm } from "./OpenRecordForm";

type Which = GrantState | "all";
const states: Which[] = ["all", "open", "to_review", "over"];

/** To open a patient's record for a reason and a time, and every time that was done. */
export function BreakGlassPage() {
  const { t } = useTranslation("break_glass");
  return (
    <Page title={t("title")} lead={t("lead")}>
      <OpenRecordForm />
      <Grants />
    </Page>
  );
}

function Grants() {
  const { t } = useTranslation("break_glass");
  const [state, setState] = useState<Which>("all");
  const grants = useInfiniteQuery(grantsQuery(state === "all" ? {} : { state }));
  const all = grants.data?.pages.flatMap((page) => page.grants) ?? [];
  return (
    <Stack component="section" gap="sm" aria-labelledby="grants">
      <Title order={2} size="h3" id="grants">
        {t("grants_title")}
      </Title>
      <SegmentedControl
        aria-label={t("grants_filter")}
        data={states.map((value) => ({ value, label: t(`state_${value}`) }))}
        value={state}
        onChange={(value) => setState(value as Which)}
        fullWidth
      />
      {grants.isPending && <Placeholders rows={3} />}
      {grants.isError && <ErrorNotice error={grants.error} onRetry={() => void grants.refetch()} />}
      {grants.isSuccess && all.length === 0 && (
        <EmptyState icon={IconKey} title={t("no_grants")}>
          {t("no_grants_words")}
        </EmptyState>
      )}
      {all.map((grant) => (
        <GrantCard key={grant.grant_id} grant={grant} />
      ))}
      <LoadMore query={grants} />
    </Stack>
  );
}
