import { Group, Text } from "@mantine/core";
import { IconCircleCheckFilled, IconClockFilled, IconMoonFilled } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Availability } from "~/api/schema";

const LOOKS = {
  available: { icon: IconCircleCheckFilled, color: "green" },
  busy: { icon: IconClockFilled, color: "orange" },
  off_duty: { icon: IconMoonFilled, color: "gray" },
} as const;

/** Whether a doctor can be reached at the moment. Booking is possible all the same. */
export function AvailabilityMark({ availability }: { availability: Availability }) {
  const { t } = useTranslation("booking");
  const { icon: Picture, color } = LOOKS[availability];
  return (
    <Group gap={6} wrap="nowrap">
      <Picture size={14} color={`var(--mantine-color-${color}-7)`} aria-hidden />
      <Text size="sm" c="dimmed">
        {t(`availability_${availability}`)}
      </Text>
    </Group>
  );
}
