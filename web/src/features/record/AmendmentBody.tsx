import { Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { ConsultationVersion, Prescription } from "~/api/schema";
import { doseWords } from "~/features/medicines/doseWords";
import classes from "~/features/record/Record.module.css";
import { changesOf } from "~/features/record/sections";
import { calendarDay } from "~/i18n/calendarDay";
import { useFormat } from "~/i18n/useFormat";

interface Props {
  before: ConsultationVersion;
  after: ConsultationVersion;
}

/** An amendment: of everything that it changed what stood there, and what stands there now. */
export function AmendmentBody({ before, after }: Props) {
  const { t } = useTranslation("record");
  const format = useFormat();
  const { sections, prescriptions, review } = changesOf(before, after);
  const list = (all: Prescription[]) =>
    all.map((one) => [one.drug, doseWords(one)].filter(Boolean).join(", ")).join("\n");
  const day = (date: string | null) => (date === null ? null : format.date(calendarDay(date)));
  return (
    <Stack gap="md">
      {sections.map((change) => (
        <Change key={change.section} label={t(change.section)} {...change} />
      ))}
      {prescriptions && (
        <Change
          label={t("prescriptions")}
          before={list(before.prescriptions)}
          after={list(after.prescriptions)}
        />
      )}
      {review && (
        <Change
          label={t("review_day")}
          before={day(before.review_on)}
          after={day(after.review_on)}
        />
      )}
    </Stack>
  );
}

function Change(props: { label: string; before: string | null; after: string | null }) {
  const { t } = useTranslation("record");
  return (
    <div>
      <Text fw={600} size="sm">
        {props.label}
      </Text>
      <dl className={classes.change}>
        <dt>{t("before")}</dt>
        <dd className={classes.before}>
          <bdi>{props.before || t("nothing_there")}</bdi>
        </dd>
        <dt>{t("after")}</dt>
        <dd>
          <bdi>{props.after || t("nothing_there")}</bdi>
        </dd>
      </dl>
    </div>
  );
}
