import { Card, Group, Stack, Text, Title } from "@mantine/core";
import { IconPill } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { doseWords } from "~/features/medicines/doseWords";
import { medicinesQuery } from "~/features/medicines/queries";
import { Fetched } from "~/ui/Fetched";
import { AnchorLink } from "~/ui/links";
import rows from "~/ui/Rows.module.css";

const SHOWN = 5;

/** What the patient takes now, in short. */
export function MedicinesNow() {
  const { t } = useTranslation("medicines");
  const query = useInfiniteQuery(medicinesQuery(true));
  return (
    <Card component="section" withBorder padding="lg" aria-labelledby="medicines-now">
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={2} size="h4" id="medicines-now">
            {t("title_now")}
          </Title>
          <AnchorLink to="/medicines" size="sm" underline="always">
            {t("all")}
          </AnchorLink>
        </Group>
        <Fetched query={query} rows={2} rowHeight={44}>
          {({ pages }) => {
            const medicines = pages.flatMap((page) => page.medicines).slice(0, SHOWN);
            if (medicines.length === 0) return <Text c="dimmed">{t("now_empty")}</Text>;
            return medicines.map((medicine) => (
              <Group key={medicine.prescription_id} wrap="nowrap" align="flex-start" gap="sm">
                <IconPill size={22} aria-hidden color="var(--mantine-primary-color-light-color)" />
                <div className={rows.name}>
                  <Text fw={600}>
                    <bdi>{medicine.drug ?? t("erased")}</bdi>
                  </Text>
                  <Text size="sm" c="dimmed">
                    <bdi>{doseWords(medicine)}</bdi>
                  </Text>
                </div>
              </Group>
            ));
          }}
        </Fetched>
      </Stack>
    </Card>
  );
}
