import { Stack, Text, Title } from "@mantine/core";
import { IconPill, IconPillOff } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { MedicineCard } from "~/features/medicines/MedicineCard";
import { medicinesQuery } from "~/features/medicines/queries";
import { EmptyState } from "~/ui/EmptyState";
import { Fetched } from "~/ui/Fetched";
import { LoadMore } from "~/ui/LoadMore";
import { Page } from "~/ui/Page";

/** What the patient takes now, and what they took. */
export function MedicinesPage() {
  const { t } = useTranslation("medicines");
  return (
    <Page title={t("title")} lead={t("lead")}>
      <Medicines current />
      <Medicines current={false} />
      <Text size="sm" c="dimmed">
        {t("ask")}
      </Text>
    </Page>
  );
}

function Medicines({ current }: { current: boolean }) {
  const { t } = useTranslation("medicines");
  const query = useInfiniteQuery(medicinesQuery(current));
  const id = current ? "now" : "earlier";
  return (
    <Stack component="section" gap="sm" aria-labelledby={id}>
      <Title order={2} size="h4" id={id}>
        {t(id)}
      </Title>
      <Fetched query={query} rows={2} rowHeight={110}>
        {({ pages }) => {
          const medicines = pages.flatMap((page) => page.medicines);
          return (
            <Stack gap="sm">
              {medicines.length === 0 && current && (
                <EmptyState icon={IconPillOff} title={t("now_empty")}>
                  {t("now_empty_words")}
                </EmptyState>
              )}
              {medicines.length === 0 && !current && <Text c="dimmed">{t("earlier_empty")}</Text>}
              {medicines.map((medicine) => (
                <MedicineCard
                  key={medicine.prescription_id}
                  medicine={medicine}
                  icon={current ? IconPill : IconPillOff}
                />
              ))}
              <LoadMore query={query} />
            </Stack>
          );
        }}
      </Fetched>
    </Stack>
  );
}
