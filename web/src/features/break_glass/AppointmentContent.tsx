import { Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Placeholders } from "~/features/audit/ListParts";
import { useCodes } from "~/features/audit/useCodes";
import { useNames } from "~/features/audit/useNames";
import { useFormat } from "~/i18n/useFormat";
import { ErrorNotice } from "~/ui/ErrorNotice";
import classes from "./Content.module.css";
import { Field } from "./Field";
import { appointmentQuery } from "./queries";

/** An appointment with its words and its last changes, read under a grant. */
export function AppointmentContent({ grantId, id }: { grantId: string; id: string }) {
  const { t } = useTranslation("break_glass");
  const format = useFormat();
  const code = useCodes();
  const name = useNames();
  const query = useQuery(appointmentQuery(grantId, id));
  if (query.isPending) return <Placeholders rows={4} />;
  if (query.isError) {
    return <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />;
  }
  const { starts_at, ends_at, zone, status, reason, cancel_reason, history } = query.data;
  return (
    <>
      <Title order={2} size="h3">
        {t("records_appointment")}
      </Title>
      <dl className={classes.fields}>
        <Field label={t("time")}>
          {format.dateTime(starts_at)} – {format.time(ends_at)} ({zone})
        </Field>
        <Field label={t("status")}>{code("status", status)}</Field>
        <Field label={t("visit_reason")}>{reason}</Field>
        {cancel_reason !== null && <Field label={t("cancel_reason")}>{cancel_reason}</Field>}
      </dl>
      <Title order={3} size="h5">
        {t("changes")}
      </Title>
      <ol className={classes.list}>
        {history.map((line) => (
          <li key={line.version}>
            <Text size="sm">
              {format.exact(line.at)} · {name(line.by)} · {code("status", line.what)}
              {line.time !== null && ` · ${format.dateTime(line.time.starts_at)}`}
            </Text>
          </li>
        ))}
      </ol>
    </>
  );
}
