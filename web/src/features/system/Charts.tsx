import { Stack, Table, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useSamples } from "~/features/system/queries";
import { Sparkline } from "~/features/system/Sparkline";
import { eventRate, pointsOf, type Sample } from "~/features/system/samples";
import classes from "~/features/system/system.module.css";
import { useFormat } from "~/i18n/useFormat";

/** What was measured since the page was opened. */
export function Charts() {
  const { t } = useTranslation("system");
  const samples = useSamples();
  return (
    <Stack component="section" gap="sm">
      <div>
        <Title order={2} size="h4">
          {t("charts")}
        </Title>
        <Text size="sm" c="dimmed">
          {t("charts_lead")}
        </Text>
      </div>
      <div className={classes.charts}>
        <Sparkline what={t("chart_events")} points={eventRate(samples)} />
        <Sparkline what={t("chart_behind")} points={pointsOf(samples, "behind")} />
        <Sparkline what={t("chart_clients")} points={pointsOf(samples, "clients")} />
      </div>
      <details className={classes.details}>
        <summary>{t("as_table")}</summary>
        <Figures samples={samples} />
      </details>
    </Stack>
  );
}

/** The same as numbers, the latest first. */
function Figures({ samples }: { samples: Sample[] }) {
  const { t } = useTranslation("system");
  const { exact, number } = useFormat();
  const rates = new Map(eventRate(samples).map(({ at, value }) => [at, value]));
  const latest = [...samples].reverse();
  return (
    <Table.ScrollContainer minWidth={420} maxHeight={320} type="native" tabIndex={0}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t("time")}</Table.Th>
            <Table.Th scope="col">{t("chart_events")}</Table.Th>
            <Table.Th scope="col">{t("behind")}</Table.Th>
            <Table.Th scope="col">{t("chart_clients")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {latest.map(({ at, behind, clients }) => (
            <Table.Tr key={at}>
              <Table.Th scope="row">{exact(new Date(at))}</Table.Th>
              <Table.Td>{number(rates.get(at) ?? 0)}</Table.Td>
              <Table.Td>{number(behind)}</Table.Td>
              <Table.Td>{number(clients)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
