import { Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Amendments } from "~/features/record/Amendments";
import { ConsultationHead } from "~/features/record/ConsultationHead";
import { Corrections } from "~/features/record/Corrections";
import { Prescriptions } from "~/features/record/Prescriptions";
import { consultationQuery } from "~/features/record/queries";
import { Sections } from "~/features/record/Sections";
import { Fetched } from "~/ui/Fetched";
import { Page } from "~/ui/Page";

/** A signed consultation as its patient reads it, and what they can say to it. */
export function PatientConsultation() {
  const { t } = useTranslation("record");
  const { consultationId } = useParams({ from: "/app/consultations/$consultationId" });
  const query = useQuery(consultationQuery(consultationId));
  return (
    <Page title={t("one_title")} size="md">
      <Fetched query={query} rowHeight={140}>
        {(consultation) => (
          <Stack gap="lg">
            <ConsultationHead consultation={consultation} />
            <Sections consultation={consultation} />
            <Prescriptions prescriptions={consultation.prescriptions} />
            <Amendments consultationId={consultationId} />
            <Corrections consultationId={consultationId} />
          </Stack>
        )}
      </Fetched>
    </Page>
  );
}
