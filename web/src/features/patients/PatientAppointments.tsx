import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { AppointmentStatus } from "~/features/schedule/AppointmentStatus";
import { useFormat } from "~/i18n/useFormat";
import { Part } from "./Part";
import classes from "./Patients.module.css";
import { useAppointmentsWith } from "./queries";

/** The appointments with one patient, the latest first. */
export function PatientAppointments({ patientId }: { patientId: string }) {
  const { t } = useTranslation("patients");
  const format = useFormat();
  const query = useAppointmentsWith(patientId);
  const all = query.data?.pages.flatMap((page) => page.appointments) ?? [];
  return (
    <Part title={t("appointments")} empty={t("appointments_none")} query={query} count={all.length}>
      <ul className={classes.list}>
        {all.map((appointment) => (
          <li key={appointment.appointment_id}>
            <Link
              to="/appointments/$appointmentId"
              params={{ appointmentId: appointment.appointment_id }}
              className={classes.line}
            >
              <span className={classes.who}>
                <span>{format.dateTime(appointment.starts_at)}</span>
                {appointment.reason !== null && (
                  <span className={classes.more} dir="auto">
                    {appointment.reason}
                  </span>
                )}
              </span>
              <AppointmentStatus appointment={appointment} />
            </Link>
          </li>
        ))}
      </ul>
    </Part>
  );
}
