import { Stack, Text, Title } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { ConsultationVersion } from "~/api/schema";
import { Placeholders } from "~/features/audit/ListParts";
import { useCodes } from "~/features/audit/useCodes";
import { useNames } from "~/features/audit/useNames";
import { useFormat } from "~/i18n/useFormat";
import { ErrorNotice } from "~/ui/ErrorNotice";
import { LoadMore } from "~/ui/LoadMore";
import classes from "./Content.module.css";
import { Field } from "./Field";
import { prescriptionWords } from "./prescriptionWords";
import { consultationQuery } from "./queries";

const parts = [
  "medical_history",
  "examination_findings",
  "investigations",
  "treatment_plan",
] as const;

/** A consultation as it was signed, with each amendment, read under a grant. */
export function ConsultationContent({ grantId, id }: { grantId: string; id: string }) {
  const { t } = useTranslation("break_glass");
  const query = useInfiniteQuery(consultationQuery(grantId, id));
  if (query.isPending) return <Placeholders rows={4} />;
  if (query.isError && query.data === undefined) {
    return <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />;
  }
  const versions = query.data.pages.flatMap((page) => page.versions);
  return (
    <>
      <Title order={2} size="h3">
        {t("records_consultation")}
      </Title>
      {versions.length === 0 && <Text c="dimmed">{t("nothing_signed")}</Text>}
      <Stack gap="lg">
        {versions.map((version) => (
          <Version key={version.version} version={version} />
        ))}
      </Stack>
      <LoadMore query={query} />
    </>
  );
}

function Version({ version }: { version: ConsultationVersion }) {
  const { t } = useTranslation("break_glass");
  const format = useFormat();
  const code = useCodes();
  const name = useNames();
  const words = { name: name(version.written_by), at: format.exact(version.written_at) };
  const signed = version.reason === null;
  return (
    <div>
      <Title order={3} size="h5" mb="xs">
        {signed ? t("signed_by", words) : t("amended_by", words)}
      </Title>
      <dl className={classes.fields}>
        {version.reason !== null && <Field label={t("amend_reason")}>{version.reason}</Field>}
        {parts.map((part) => (
          <Field key={part} label={code("field", part)}>
            {version[part]}
          </Field>
        ))}
        <Field label={code("field", "prescriptions")}>
          {version.prescriptions.map(prescriptionWords).join("\n")}
        </Field>
        <Field label={code("field", "review_on")}>
          {version.review_on === null ? null : format.date(version.review_on)}
        </Field>
      </dl>
    </div>
  );
}
