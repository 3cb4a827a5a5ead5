import { Badge } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { calendarDay } from "~/i18n/calendarDay";
import { useFormat } from "~/i18n/useFormat";
import { Part } from "./Part";
import classes from "./Patients.module.css";
import { useConsultationsWith } from "./queries";

/** The consultations with one patient, drafts too, the newest first. */
export function PatientConsultations({ patientId }: { patientId: string }) {
  const { t } = useTranslation("patients");
  const format = useFormat();
  const query = useConsultationsWith(patientId);
  const all = query.data?.pages.flatMap((page) => page.consultations) ?? [];
  return (
    <Part
      title={t("consultations")}
      empty={t("consultations_none")}
      query={query}
      count={all.length}
    >
      <ul className={classes.list}>
        {all.map((one) => (
          <li key={one.consultation_id}>
            <Link
              to="/consultations/$consultationId"
              params={{ consultationId: one.consultation_id }}
              className={classes.line}
            >
              <span className={classes.who}>
                <span>{format.dateTime(one.opened_at)}</span>
                {one.review_on !== null && (
                  <span className={classes.more}>
                    {t("review_on", { day: format.date(calendarDay(one.review_on)) })}
                  </span>
                )}
              </span>
              <Badge variant="light" color={one.signed_at === null ? "yellow" : "green"}>
                {t(one.signed_at === null ? "draft" : "signed")}
              </Badge>
            </Link>
          </li>
        ))}
      </ul>
    </Part>
  );
}
