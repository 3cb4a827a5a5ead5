import { Grid, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { meQuery } from "~/api/me";
import { AvailabilitySwitch } from "~/features/today/AvailabilitySwitch";
import { Drafts, Reviews, Waiting } from "~/features/today/SideCards";
import { TodayList } from "~/features/today/TodayList";
import { useFormat } from "~/i18n/useFormat";
import { Page } from "~/ui/Page";

/** A doctor's day: who comes, who waits for an answer, what is not finished. */
export function DoctorHome() {
  const { t } = useTranslation("today");
  const format = useFormat();
  const me = useQuery(meQuery);
  return (
    <Page
      title={t("title", { name: me.data?.name ?? "" })}
      lead={format.day(new Date())}
      size="xl"
      actions={<AvailabilitySwitch />}
    >
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, md: 8 }}>
          <TodayList />
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 4 }}>
          <Stack gap="lg">
            <Waiting />
            <Drafts />
            <Reviews />
          </Stack>
        </Grid.Col>
      </Grid>
    </Page>
  );
}
