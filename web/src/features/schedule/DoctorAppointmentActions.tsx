import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconCalendarTime, IconCheck, IconUserOff, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Appointment, NewAppointmentStatus } from "~/api/schema";
import { toast } from "~/ui/toast";
import { useWriteErrorWords } from "~/ui/useErrorWords";
import { useNow } from "~/ui/useNow";
import { CancelDialog } from "./CancelDialog";
import { MoveDialog } from "./MoveDialog";
import { useChangeAppointment } from "./queries";

interface Props {
  appointment: Appointment;
  size?: "xs" | "sm";
}

/**
 * What a doctor can do with an appointment: move it or call it off before it begins, say what
 * became of it afterwards. Buttons in a row; nothing where nothing can be done.
 */
export function DoctorAppointmentActions({ appointment, size = "sm" }: Props) {
  const { t } = useTranslation("schedule");
  const now = useNow();
  const [moving, move] = useDisclosure();
  const [cancelling, cancel] = useDisclosure();
  if (appointment.status !== "scheduled") return null;
  if (new Date(appointment.starts_at) <= now) {
    return <Outcome appointment={appointment} size={size} />;
  }
  return (
    <>
      <Button
        size={size}
        variant="default"
        leftSection={<IconCalendarTime size={16} aria-hidden />}
        onClick={move.open}
      >
        {t("move")}
      </Button>
      <Button
        size={size}
        variant="default"
        leftSection={<IconX size={16} aria-hidden />}
        onClick={cancel.open}
      >
        {t("cancel")}
      </Button>
      {moving && <MoveDialog appointment={appointment} onClose={move.close} />}
      {cancelling && <CancelDialog appointment={appointment} onClose={cancel.close} />}
    </>
  );
}

function Outcome({ appointment, size }: Required<Props>) {
  const { t } = useTranslation("schedule");
  const words = useWriteErrorWords("schedule");
  const change = useChangeAppointment(appointment);
  // What was said about it makes these buttons go, perhaps before the answer is there.
  const say = (status: NewAppointmentStatus) =>
    change.mutateAsync({ status }).then(
      () => toast(t(status === "completed" ? "completed_now" : "missed_now")),
      (error) => toast(words(error), true),
    );
  return (
    <>
      <Button
        size={size}
        variant="light"
        color="green"
        leftSection={<IconCheck size={16} aria-hidden />}
        loading={change.isPending && change.variables.status === "completed"}
        onClick={() => void say("completed")}
      >
        {t("complete")}
      </Button>
      <Button
        size={size}
        variant="default"
        leftSection={<IconUserOff size={16} aria-hidden />}
        loading={change.isPending && change.variables.status === "no_show"}
        onClick={() => void say("no_show")}
      >
        {t("no_show")}
      </Button>
    </>
  );
}
