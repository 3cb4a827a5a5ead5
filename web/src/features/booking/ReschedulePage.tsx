import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { appointmentQuery } from "~/features/appointments/queries";
import { Reschedule } from "~/features/booking/Reschedule";
import { Fetched } from "~/ui/Fetched";
import { Page } from "~/ui/Page";

/** Another time for an appointment. */
export function ReschedulePage() {
  const { t } = useTranslation("booking");
  const { appointmentId } = useParams({ from: "/app/appointments/$appointmentId/reschedule" });
  const query = useQuery(appointmentQuery(appointmentId));
  return (
    <Page title={t("move_title")}>
      <Fetched query={query}>{(current) => <Reschedule current={current} />}</Fetched>
    </Page>
  );
}
