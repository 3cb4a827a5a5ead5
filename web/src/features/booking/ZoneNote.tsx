import { Group, Text } from "@mantine/core";
import { IconWorld } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { ownZone, zoneWords } from "~/i18n/zone";

/** Names the zone in which times are shown, and the doctor's where that is another. */
export function ZoneNote({ doctorsZone, at }: { doctorsZone: string | null; at: Date }) {
  const { t, i18n } = useTranslation("booking");
  const own = ownZone();
  const elsewhere = doctorsZone !== null && doctorsZone !== own;
  return (
    <Group gap="xs" wrap="nowrap" align="flex-start">
      <IconWorld size={18} aria-hidden color="var(--mantine-color-dimmed)" />
      <Text size="sm" c="dimmed">
        {t("zone_own", { zone: zoneWords(i18n.language, own, at) })}
        {elsewhere && ` ${t("zone_doctors", { zone: zoneWords(i18n.language, doctorsZone, at) })}`}
      </Text>
    </Group>
  );
}
