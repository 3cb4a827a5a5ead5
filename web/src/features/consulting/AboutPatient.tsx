import { Button, List, Paper, Skeleton, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Consultation } from "~/api/schema";
import { useConsultationsWith, usePatientMedicines } from "~/features/patients/queries";
import { useFormat } from "~/i18n/useFormat";
import { ErrorNotice } from "~/ui/ErrorNotice";
import { AnchorLink } from "~/ui/links";
import classes from "./Consulting.module.css";
import { MedicineLine } from "./PartWords";

interface Props {
  consultation: Consultation;
  reason: string | null;
}

/** What one wants to know of the patient while writing. */
export function AboutPatient({ consultation, reason }: Props) {
  const { t } = useTranslation("consulting");
  return (
    <>
      <Card title={t("why_they_come")}>
        <Text
          size="sm"
          className={classes.words}
          dir="auto"
          {...(reason === null && { c: "dimmed" })}
        >
          {reason ?? t("no_reason_given")}
        </Text>
      </Card>
      <Card title={t("medicines_now")}>
        <CurrentMedicines patientId={consultation.patient_id} />
      </Card>
      <Card title={t("earlier_consultations")}>
        <Earlier consultation={consultation} />
      </Card>
    </>
  );
}

function Card({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Paper withBorder p="md" component="section" aria-label={title}>
      <Stack gap="xs">
        <Title order={2} size="h5">
          {title}
        </Title>
        {children}
      </Stack>
    </Paper>
  );
}

function CurrentMedicines({ patientId }: { patientId: string }) {
  const { t } = useTranslation("consulting");
  const medicines = usePatientMedicines(patientId, true);
  if (medicines.isError)
    return <ErrorNotice error={medicines.error} onRetry={() => void medicines.refetch()} />;
  if (medicines.data === undefined) return <Skeleton h={20} />;
  const all = medicines.data.pages.flatMap((page) => page.medicines);
  if (all.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t("medicines_none")}
      </Text>
    );
  return (
    <>
      <List size="sm" spacing={4}>
        {all.map((one) => (
          <List.Item key={one.prescription_id}>
            <MedicineLine
              row={{
                drug: one.drug ?? "",
                dose: one.dose ?? "",
                route: one.route ?? "",
                frequency: one.frequency ?? "",
                duration_days: one.duration_days,
                instructions: "",
              }}
            />
          </List.Item>
        ))}
      </List>
      {medicines.hasNextPage && (
        <Button variant="subtle" size="compact-sm" onClick={() => void medicines.fetchNextPage()}>
          {t("load_more")}
        </Button>
      )}
    </>
  );
}

function Earlier({ consultation }: { consultation: Consultation }) {
  const { t } = useTranslation("consulting");
  const format = useFormat();
  const earlier = useConsultationsWith(consultation.patient_id);
  if (earlier.isError)
    return <ErrorNotice error={earlier.error} onRetry={() => void earlier.refetch()} />;
  if (earlier.data === undefined) return <Skeleton h={20} />;
  const others = earlier.data.pages
    .flatMap((page) => page.consultations)
    .filter((one) => one.consultation_id !== consultation.consultation_id);
  if (others.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t("earlier_none")}
      </Text>
    );
  return (
    <Stack gap={4}>
      {others.map((one) => (
        <AnchorLink
          key={one.consultation_id}
          to="/consultations/$consultationId"
          params={{ consultationId: one.consultation_id }}
          size="sm"
        >
          {format.date(one.opened_at)}
          {one.signed_at === null && ` · ${t("draft")}`}
        </AnchorLink>
      ))}
    </Stack>
  );
}
