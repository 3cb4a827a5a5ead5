import { SimpleGrid, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { AppointmentWithHistory } from "~/api/schema";
import { AppointmentActions } from "~/features/appointments/AppointmentActions";
import { AppointmentFacts } from "~/features/appointments/AppointmentFacts";
import { AppointmentHistory } from "~/features/appointments/AppointmentHistory";
import { appointmentQuery } from "~/features/appointments/queries";
import { useOther } from "~/features/appointments/useOther";
import { Fetched } from "~/ui/Fetched";
import { Page } from "~/ui/Page";

/** One appointment, as its patient or its doctor sees it. */
export function AppointmentPage() {
  const { t } = useTranslation("appointments");
  const { appointmentId } = useParams({ from: "/app/appointments/$appointmentId" });
  const query = useQuery(appointmentQuery(appointmentId));
  return (
    <Page title={t("one_title")}>
      <Fetched query={query} rows={2} rowHeight={180}>
        {({ value, etag }) => <Appointment appointment={value} etag={etag} />}
      </Fetched>
    </Page>
  );
}

interface Props {
  appointment: AppointmentWithHistory;
  etag: string | null;
}

function Appointment({ appointment, etag }: Props) {
  const other = useOther(appointment);
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
      <Stack gap="lg">
        <AppointmentFacts appointment={appointment} name={other.name} />
        <AppointmentActions appointment={appointment} etag={etag} other={other} />
      </Stack>
      <AppointmentHistory appointment={appointment} other={other} />
    </SimpleGrid>
  );
}
