import { Card, Grid, Stack, Text, Title } from "@mantine/core";
import { IconCalendar, IconFolderOpen, IconMessages, IconStethoscope } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Grant, PatientRecord } from "~/api/schema";
import { Placeholders } from "~/features/audit/ListParts";
import { RecordLinks } from "~/features/audit/RecordLinks";
import { useNames } from "~/features/audit/useNames";
import { useFormat } from "~/i18n/useFormat";
import { EmptyState } from "~/ui/EmptyState";
import { ErrorNotice } from "~/ui/ErrorNotice";
import { NavItemLink } from "~/ui/itemLinks";
import { LoadMore } from "~/ui/LoadMore";
import { AppointmentContent } from "./AppointmentContent";
import { ConsultationContent } from "./ConsultationContent";
import { MedicinesContent } from "./MedicinesContent";
import { recordsQuery } from "./queries";
import { RoomContent } from "./RoomContent";

const kinds = ["room", "appointment", "consultation"] as const;
const icons = { room: IconMessages, appointment: IconCalendar, consultation: IconStethoscope };
type Kind = (typeof kinds)[number];

/** What there is of the patient, and one of it opened. */
export function OpenedRecord({ grant }: { grant: Grant }) {
  const { t } = useTranslation("break_glass");
  const { record: chosen } = useSearch({ from: "/app/break-glass/$grantId" });
  const records = useInfiniteQuery(recordsQuery(grant.grant_id, grant.patient.account_id));
  const all = records.data?.pages.flatMap((page) => page.records) ?? [];
  const open = all.find(({ id }) => id === chosen);
  return (
    <Grid gap="md">
      <Grid.Col span={{ base: 12, md: 4 }}>
        <Stack component="section" gap="sm" aria-labelledby="records">
          <Title order={2} size="h3" id="records">
            {t("records_title")}
          </Title>
          {records.isPending && <Placeholders rows={4} />}
          {records.isError && (
            <ErrorNotice error={records.error} onRetry={() => void records.refetch()} />
          )}
          {records.isSuccess && all.length === 0 && (
            <EmptyState icon={IconFolderOpen} title={t("no_records")} />
          )}
          {kinds.map((kind) => (
            <OfKind
              key={kind}
              kind={kind}
              records={all.filter((one) => one.kind === kind)}
              chosen={chosen}
              grantId={grant.grant_id}
            />
          ))}
          <LoadMore query={records} />
        </Stack>
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 8 }}>
        <Stack gap="md">
          {open === undefined ? (
            <Text c="dimmed">{t("choose_a_record")}</Text>
          ) : (
            <Opened key={open.id} record={open} grantId={grant.grant_id} />
          )}
          <MedicinesContent grantId={grant.grant_id} patientId={grant.patient.account_id} />
        </Stack>
      </Grid.Col>
    </Grid>
  );
}

interface OfKindProps {
  kind: Kind;
  records: PatientRecord[];
  chosen: string | undefined;
  grantId: string;
}

function OfKind({ kind, records, chosen, grantId }: OfKindProps) {
  const { t } = useTranslation("break_glass");
  const format = useFormat();
  const name = useNames();
  const Picture = icons[kind];
  if (records.length === 0) return null;
  return (
    <div>
      <Title order={3} size="h5" mb={4}>
        {t(`records_${kind}`)}
      </Title>
      {records.map((record) => (
        <NavItemLink
          key={record.id}
          to="/break-glass/$grantId"
          params={{ grantId }}
          search={{ record: record.id }}
          resetScroll={false}
          active={record.id === chosen}
          aria-current={record.id === chosen ? "true" : undefined}
          variant="light"
          label={name(record.doctor_id)}
          description={t(`count_${kind}`, { count: record.count, at: format.dateTime(record.at) })}
          leftSection={<Picture size={20} aria-hidden />}
        />
      ))}
    </div>
  );
}

function Opened({ record, grantId }: { record: PatientRecord; grantId: string }) {
  const { kind, id } = record;
  return (
    <Card component="section" withBorder padding="md">
      <Stack gap="sm">
        {kind === "room" && <RoomContent grantId={grantId} id={id} />}
        {kind === "appointment" && <AppointmentContent grantId={grantId} id={id} />}
        {kind === "consultation" && <ConsultationContent grantId={grantId} id={id} />}
        <RecordLinks kind={kind} id={id} />
      </Stack>
    </Card>
  );
}
