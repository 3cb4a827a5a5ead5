import { Grid, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { meQuery } from "~/api/me";
import { NextAppointment } from "~/features/appointments/NextAppointment";
import { UnreadMessages } from "~/features/home/UnreadMessages";
import { MedicinesNow } from "~/features/medicines/MedicinesNow";
import { GrantBanner } from "~/features/privacy/GrantBanner";
import { RecentConsultations } from "~/features/record/RecentConsultations";
import { Page } from "~/ui/Page";

/** A patient's start: when they are expected, who wrote to them, what they take. */
export function PatientHome() {
  const { t } = useTranslation("home");
  const me = useQuery(meQuery);
  return (
    <Page title={t("welcome", { name: me.data?.name ?? "" })} size="xl">
      <GrantBanner withLink />
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, md: 7 }}>
          <NextAppointment />
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Stack gap="lg">
            <UnreadMessages />
            <MedicinesNow />
          </Stack>
        </Grid.Col>
        <Grid.Col span={12}>
          <RecentConsultations />
        </Grid.Col>
      </Grid>
    </Page>
  );
}
