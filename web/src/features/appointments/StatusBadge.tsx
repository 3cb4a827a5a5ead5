import { Badge, type MantineColor } from "@mantine/core";
import {
  type Icon,
  IconCalendarCheck,
  IconCalendarOff,
  IconCircleCheck,
  IconUserOff,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

const LOOKS: Record<string, { color: MantineColor; icon: Icon }> = {
  scheduled: { color: "calm", icon: IconCalendarCheck },
  completed: { color: "green", icon: IconCircleCheck },
  cancelled: { color: "gray", icon: IconCalendarOff },
  no_show: { color: "orange", icon: IconUserOff },
};

/** What became of an appointment, in a word, a colour and a picture. */
export function StatusBadge({ status }: { status: string }) {
  const { t, i18n } = useTranslation("appointments");
  const { color, icon: Picture } = LOOKS[status] ?? { color: "gray", icon: IconCalendarCheck };
  const known = i18n.exists(`status_${status}`, { ns: "appointments" });
  return (
    <Badge
      variant="light"
      color={color}
      c="var(--mantine-color-text)"
      size="lg"
      tt="none"
      leftSection={<Picture size={14} aria-hidden />}
    >
      {known ? t(`status_${status}` as "status_scheduled") : status}
    </Badge>
  );
}
