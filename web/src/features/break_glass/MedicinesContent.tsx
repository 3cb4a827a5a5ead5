import { Button, Card, Stack, Text, Title } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Placeholders } from "~/features/audit/ListParts";
import { useFormat } from "~/i18n/useFormat";
import { ErrorNotice } from "~/ui/ErrorNotice";
import { LoadMore } from "~/ui/LoadMore";
import classes from "./Content.module.css";
import { prescriptionWords } from "./prescriptionWords";
import { medicinesQuery } from "./queries";

interface Props {
  grantId: string;
  patientId: string;
}

/** What the patient takes. Looked at only when it is asked for: each look is one in the trail. */
export function MedicinesContent(props: Props) {
  const { t } = useTranslation("break_glass");
  const [asked, setAsked] = useState(false);
  return (
    <Card component="section" withBorder padding="md">
      <Stack gap="sm" align="flex-start">
        <Title order={2} size="h3">
          {t("medicines")}
        </Title>
        {asked ? (
          <Listed {...props} />
        ) : (
          <Button variant="light" size="xs" onClick={() => setAsked(true)}>
            {t("show_medicines")}
          </Button>
        )}
      </Stack>
    </Card>
  );
}

function Listed({ grantId, patientId }: Props) {
  const { t } = useTranslation("break_glass");
  const format = useFormat();
  const query = useInfiniteQuery(medicinesQuery(grantId, patientId));
  if (query.isPending) return <Placeholders rows={2} />;
  if (query.isError && query.data === undefined) {
    return <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />;
  }
  const all = query.data.pages.flatMap((page) => page.medicines);
  if (all.length === 0) return <Text c="dimmed">{t("no_medicines")}</Text>;
  return (
    <>
      <ul className={classes.list}>
        {all.map((medicine) => (
          <li key={medicine.prescription_id} className={classes.item}>
            <Text className={classes.words}>{prescriptionWords(medicine)}</Text>
            <Text size="xs" c="dimmed">
              {medicine.doctor_name}
              {medicine.prescribed_on !== null && ` · ${format.date(medicine.prescribed_on)}`}
              {medicine.ends_on !== null && ` – ${format.date(medicine.ends_on)}`}
            </Text>
          </li>
        ))}
      </ul>
      <LoadMore query={query} />
    </>
  );
}
