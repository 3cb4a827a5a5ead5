import { Button, Group } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import {
  IconCalendarOff,
  IconCalendarTime,
  IconFileText,
  IconMessageCircle,
  IconTrash,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { AppointmentWithHistory } from "~/api/schema";
import { CancelDialog } from "~/features/appointments/CancelDialog";
import { DeleteDialog } from "~/features/appointments/DeleteDialog";
import { useConsultationOf } from "~/features/appointments/queries";
import { useMe } from "~/session/useSession";
import { ButtonLink } from "~/ui/links";
import { lazyPart } from "~/ui/part";
import { useNow } from "~/ui/useNow";

/** Of doctors alone, and loaded for them alone. */
const DoctorActions = lazyPart(
  () => import("~/features/schedule/DoctorAppointmentActions"),
  "DoctorAppointmentActions",
  ["doctor"],
);

interface Props {
  appointment: AppointmentWithHistory;
  etag: string | null;
  other: { id: string; name: string | null };
}

/** What the reader can do about an appointment; what the server would refuse is not offered. */
export function AppointmentActions({ appointment, etag, other }: Props) {
  const { t } = useTranslation("appointments");
  const { role } = useMe();
  const now = useNow();
  const consultation = useConsultationOf(appointment, other.id).data;
  const [cancelling, cancel] = useDisclosure(false);
  const [deleting, remove] = useDisclosure(false);
  const { appointment_id, room_id, status, starts_at } = appointment;
  const open = status === "scheduled" && new Date(starts_at) > now;
  const current = { value: appointment, etag };
  return (
    <Group gap="sm">
      <ButtonLink
        to="/messages/$roomId"
        params={{ roomId: room_id }}
        leftSection={<IconMessageCircle size={18} aria-hidden />}
      >
        {t("write")}
      </ButtonLink>
      {consultation != null && (
        <ButtonLink
          to="/consultations/$consultationId"
          params={{ consultationId: consultation.consultation_id }}
          variant="light"
          leftSection={<IconFileText size={18} aria-hidden />}
        >
          {t("consultation")}
        </ButtonLink>
      )}
      {role === "doctor" && <DoctorActions appointment={appointment} />}
      {open && role === "patient" && (
        <>
          <ButtonLink
            to="/appointments/$appointmentId/reschedule"
            params={{ appointmentId: appointment_id }}
            variant="default"
            leftSection={<IconCalendarTime size={18} aria-hidden />}
          >
            {t("reschedule")}
          </ButtonLink>
          <Button
            variant="default"
            leftSection={<IconCalendarOff size={18} aria-hidden />}
            onClick={cancel.open}
          >
            {t("cancel")}
          </Button>
        </>
      )}
      {role === "patient" && status === "cancelled" && (
        <Button
          variant="subtle"
          color="red"
          leftSection={<IconTrash size={18} aria-hidden />}
          onClick={remove.open}
        >
          {t("delete")}
        </Button>
      )}
      {cancelling && <CancelDialog current={current} other={other} onClose={cancel.close} />}
      {deleting && <DeleteDialog current={current} onClose={remove.close} />}
    </Group>
  );
}
