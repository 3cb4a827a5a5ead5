import { Grid, Skeleton, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { ErrorNotice } from "~/ui/ErrorNotice";
import { Page } from "~/ui/Page";
import { Exceptions } from "./Exceptions";
import { OutsideNotice } from "./OutsideNotice";
import { useHours } from "./queries";
import { WeekForm } from "./WeekForm";

/** When the doctor works: what patients can book. */
export function HoursPage() {
  const { t } = useTranslation("schedule");
  const hours = useHours();
  return (
    <Page title={t("hours")} lead={t("hours_lead")} size="xl">
      {hours.isError && hours.data === undefined && (
        <ErrorNotice error={hours.error} onRetry={() => void hours.refetch()} />
      )}
      {hours.isPending && <Skeleton h={420} aria-busy="true" />}
      {hours.data !== undefined && (
        <Grid gap="lg">
          <Grid.Col span={{ base: 12, md: 7 }}>
            <WeekForm hours={hours.data.value} etag={hours.data.etag ?? ""} />
          </Grid.Col>
          <Grid.Col span={{ base: 12, md: 5 }}>
            <Stack gap="lg">
              <OutsideNotice hours={hours.data.value} />
              <Exceptions hours={hours.data.value} />
            </Stack>
          </Grid.Col>
        </Grid>
      )}
    </Page>
  );
}
