import { Card, Divider, Stack, Text, Title } from "@mantine/core";
import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import type { Prescription } from "~/api/schema";
import { doseWords } from "~/features/medicines/doseWords";
import { calendarDay } from "~/i18n/calendarDay";
import { useFormat } from "~/i18n/useFormat";
import rows from "~/ui/Rows.module.css";

/** What was prescribed in a consultation. */
export function Prescriptions({ prescriptions }: { prescriptions: Prescription[] }) {
  const { t } = useTranslation("record");
  if (prescriptions.length === 0) return null;
  return (
    <Card component="section" withBorder padding="lg" aria-labelledby="prescriptions">
      <Stack gap="md">
        <Title order={2} size="h4" id="prescriptions">
          {t("prescriptions")}
        </Title>
        {prescriptions.map((prescription, index) => (
          <Fragment key={prescription.id}>
            {index > 0 && <Divider />}
            <Prescribed prescription={prescription} />
          </Fragment>
        ))}
      </Stack>
    </Card>
  );
}

function Prescribed({ prescription }: { prescription: Prescription }) {
  const { t } = useTranslation("record");
  const format = useFormat();
  const { drug, instructions, prescribed_on, ends_on, duration_days } = prescription;
  const day = (date: string) => format.date(calendarDay(date));
  const span = [
    prescribed_on === null ? null : t("from_day", { day: day(prescribed_on) }),
    ends_on === null ? null : t("to_day", { day: day(ends_on) }),
    duration_days === null ? null : t("for_days", { count: duration_days }),
  ];
  return (
    <div>
      <Text fw={600} className={rows.name}>
        <bdi>{drug ?? t("erased")}</bdi>
      </Text>
      <Text className={rows.name}>
        <bdi>{doseWords(prescription)}</bdi>
      </Text>
      {instructions !== null && (
        <Text className={rows.words}>
          <bdi>{instructions}</bdi>
        </Text>
      )}
      <Text size="sm" c="dimmed">
        {span.filter(Boolean).join(" · ")}
      </Text>
    </div>
  );
}
