import { Stack, Switch, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Medicine } from "~/api/schema";
import { doseWords } from "~/features/medicines/doseWords";
import { calendarDay } from "~/i18n/calendarDay";
import { useFormat } from "~/i18n/useFormat";
import { Part } from "./Part";
import classes from "./Patients.module.css";
import { usePatientMedicines } from "./queries";

/** What the patient takes, whoever prescribed it. */
export function PatientMedicines({ patientId }: { patientId: string }) {
  const { t } = useTranslation("patients");
  const [past, setPast] = useState(false);
  const query = usePatientMedicines(patientId, !past);
  const all = query.data?.pages.flatMap((page) => page.medicines) ?? [];
  return (
    <Part
      title={t("medicines")}
      empty={t("medicines_none")}
      query={query}
      count={all.length}
      actions={
        <Switch
          label={t("medicines_past")}
          checked={past}
          onChange={(event) => setPast(event.currentTarget.checked)}
        />
      }
    >
      <ul className={classes.list}>
        {all.map((medicine) => (
          <li key={medicine.prescription_id} className={classes.line}>
            <One medicine={medicine} />
          </li>
        ))}
      </ul>
    </Part>
  );
}

function One({ medicine }: { medicine: Medicine }) {
  const { t } = useTranslation("patients");
  const format = useFormat();
  const { ends_on, prescribed_on } = medicine;
  const from = prescribed_on === null ? "" : format.date(calendarDay(prescribed_on));
  const until =
    ends_on === null ? t("no_end") : t("until", { day: format.date(calendarDay(ends_on)) });
  return (
    <Stack gap={0} className={classes.who}>
      <Text fw={600}>
        <bdi>{medicine.drug ?? t("erased")}</bdi>
      </Text>
      <Text size="sm">
        <bdi>{doseWords(medicine)}</bdi>
      </Text>
      <Text size="sm" c="dimmed">
        {[from, until, medicine.doctor_name].filter((text) => text !== "").join(" · ")}
      </Text>
      {medicine.instructions !== null && (
        <Text size="sm">
          <bdi>{medicine.instructions}</bdi>
        </Text>
      )}
    </Stack>
  );
}
