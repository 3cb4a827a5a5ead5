import { Badge } from "@mantine/core";
import { IconCalendar, IconCheck, IconPlayerPlay, IconUserOff, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Appointment } from "~/api/schema";
import { useNow } from "~/ui/useNow";

const LOOKS = {
  scheduled: { color: "calm", icon: IconCalendar },
  running: { color: "blue", icon: IconPlayerPlay },
  open: { color: "yellow", icon: IconCalendar },
  completed: { color: "green", icon: IconCheck },
  no_show: { color: "orange", icon: IconUserOff },
  cancelled: { color: "gray", icon: IconX },
} as const;

export type Phase = keyof typeof LOOKS;

/** What becomes of an appointment: also that it is running, or over with nothing said about it. */
export function phaseOf(appointment: Appointment, now: Date): Phase {
  if (appointment.status !== "scheduled") {
    return appointment.status in LOOKS ? (appointment.status as Phase) : "scheduled";
  }
  if (new Date(appointment.ends_at) <= now) return "open";
  return new Date(appointment.starts_at) <= now ? "running" : "scheduled";
}

export function AppointmentStatus({ appointment }: { appointment: Appointment }) {
  const { t } = useTranslation("schedule");
  const phase = phaseOf(appointment, useNow());
  const { color, icon: Picture } = LOOKS[phase];
  return (
    <Badge variant="light" color={color} leftSection={<Picture size={12} aria-hidden />}>
      {t(`phase_${phase}`)}
    </Badge>
  );
}
