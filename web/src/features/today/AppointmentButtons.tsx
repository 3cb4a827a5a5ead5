import { IconMessage } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Appointment } from "~/api/schema";
import { StartConsultation } from "~/features/consulting/StartConsultation";
import { DoctorAppointmentActions } from "~/features/schedule/DoctorAppointmentActions";
import { ButtonLink } from "~/ui/links";

interface Props {
  appointment: Appointment;
  /** Of the patient: said with the link, for who hears it alone. */
  name: string;
  /** The one that matters now. */
  main?: boolean;
}

/** What one does around an appointment: consult, talk, and say what became of it. */
export function AppointmentButtons({ appointment, name, main = false }: Props) {
  const { t } = useTranslation("today");
  const size = main ? "sm" : "xs";
  return (
    <>
      {appointment.status !== "cancelled" && (
        <StartConsultation
          appointmentId={appointment.appointment_id}
          size={size}
          variant={main ? "filled" : "light"}
        />
      )}
      <ButtonLink
        to="/messages/$roomId"
        params={{ roomId: appointment.room_id }}
        size={size}
        variant="default"
        leftSection={<IconMessage size={16} aria-hidden />}
        aria-label={t("conversation_with", { name })}
      >
        {t("conversation")}
      </ButtonLink>
      <DoctorAppointmentActions appointment={appointment} size={size} />
    </>
  );
}
