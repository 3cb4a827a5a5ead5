import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { PatientName } from "~/features/patients/PatientName";
import { useFormat } from "~/i18n/useFormat";
import { useNow } from "~/ui/useNow";
import { phaseOf } from "./AppointmentStatus";
import classes from "./Calendar.module.css";
import type { Placed } from "./lanes";

interface Props {
  placed: Placed;
  /** The first hour of the day that is shown. */
  first: number;
}

/** One appointment in a day's column: a link to all about it. */
export function AppointmentBlock({ placed, first }: Props) {
  const { t } = useTranslation("schedule");
  const format = useFormat();
  const { appointment, from, to, lane, lanes } = placed;
  const phase = phaseOf(appointment, useNow());
  const style = {
    "--minute": from - first * 60,
    "--minutes": to - from,
    "--lane": lane,
    "--lanes": lanes,
  } as React.CSSProperties;
  return (
    <li className={classes.block} style={style}>
      <Link
        to="/appointments/$appointmentId"
        params={{ appointmentId: appointment.appointment_id }}
        className={classes.appointment}
        data-phase={phase}
      >
        <span className={classes.who}>
          <PatientName patientId={appointment.patient_id} roomId={appointment.room_id} />
        </span>{" "}
        <span className={classes.when}>
          {format.time(appointment.starts_at)} · {t(`phase_${phase}`)}
        </span>
      </Link>
    </li>
  );
}
