import { Grid, Skeleton, Stack } from "@mantine/core";
import { IconMessage, IconUserOff } from "@tabler/icons-react";
import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { EmptyState } from "~/ui/EmptyState";
import { ErrorNotice } from "~/ui/ErrorNotice";
import { ButtonLink } from "~/ui/links";
import { Page } from "~/ui/Page";
import { PatientAppointments } from "./PatientAppointments";
import { PatientConsultations } from "./PatientConsultations";
import { PatientMedicines } from "./PatientMedicines";
import { usePatient } from "./queries";

/** All that the doctor shares with one patient. */
export function PatientPage() {
  const { patientId } = useParams({ from: "/app/patients/$patientId" });
  const { t } = useTranslation("patients");
  const patient = usePatient(patientId);
  if (patient.data === undefined) {
    return (
      <Page title={t("patient")}>
        {patient.isError ? (
          <ErrorNotice error={patient.error} onRetry={() => void patient.refetch()} />
        ) : (
          <Skeleton h={240} aria-busy="true" />
        )}
      </Page>
    );
  }
  if (patient.data === null) {
    return (
      <Page title={t("patient")}>
        <EmptyState icon={IconUserOff} title={t("not_yours")}>
          {t("not_yours_words")}
        </EmptyState>
      </Page>
    );
  }
  const { name, roomId } = patient.data;
  return (
    <Page
      title={name || t("name_unknown")}
      size="xl"
      actions={
        <ButtonLink
          to="/messages/$roomId"
          params={{ roomId }}
          leftSection={<IconMessage size={18} aria-hidden />}
        >
          {t("conversation")}
        </ButtonLink>
      }
    >
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Stack gap="lg">
            <PatientAppointments patientId={patientId} />
            <PatientConsultations patientId={patientId} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <PatientMedicines patientId={patientId} />
        </Grid.Col>
      </Grid>
    </Page>
  );
}
