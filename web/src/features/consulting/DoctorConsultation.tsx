import { Skeleton, Stack } from "@mantine/core";
import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { ApiError } from "~/api/errors";
import type { Consultation } from "~/api/schema";
import { usePatientName } from "~/features/patients/PatientName";
import { useFormat } from "~/i18n/useFormat";
import { ErrorNotice } from "~/ui/ErrorNotice";
import { Page } from "~/ui/Page";
import { ConsultationActions } from "./ConsultationActions";
import { DraftEditor } from "./DraftEditor";
import { useAppointment, useConsultation } from "./queries";
import { SignedConsultation } from "./SignedConsultation";

/** A consultation as its doctor sees it: a draft to write in, or what was signed. */
export function DoctorConsultation() {
  const { consultationId = "" } = useParams({ strict: false });
  const { t } = useTranslation("consulting");
  const consultation = useConsultation(consultationId);
  // What is shown stays, and with it what was written, when a later look at it fails.
  if (consultation.data !== undefined) {
    return <Found key={consultationId} consultation={consultation.data} />;
  }
  const gone = consultation.error instanceof ApiError && consultation.error.status === 404;
  return (
    <Page title={t(gone ? "gone_title" : "title_loading")} size="xl">
      {consultation.isError ? (
        <ErrorNotice error={consultation.error} onRetry={() => void consultation.refetch()} />
      ) : (
        <Stack aria-busy="true">
          <Skeleton h={56} />
          <Skeleton h={120} />
          <Skeleton h={120} />
        </Stack>
      )}
    </Page>
  );
}

function Found({ consultation }: { consultation: Consultation }) {
  const { t } = useTranslation("consulting");
  const format = useFormat();
  const appointment = useAppointment(consultation.appointment_id);
  const room = appointment.data?.room_id;
  const name = usePatientName(consultation.patient_id, room);
  const day = format.dateTime(appointment.data?.starts_at ?? consultation.opened_at);
  return (
    <Page
      title={t("title", { name })}
      lead={t(appointment.data === undefined ? "lead_opened" : "lead", { day })}
      size="xl"
      actions={<ConsultationActions consultation={consultation} roomId={room} />}
    >
      {consultation.signed_at === null ? (
        <DraftEditor consultation={consultation} reason={appointment.data?.reason ?? null} />
      ) : (
        <SignedConsultation consultation={consultation} />
      )}
    </Page>
  );
}
