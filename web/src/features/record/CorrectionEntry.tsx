import { Badge, Group, Text } from "@mantine/core";
import { IconCheck, IconClock, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Correction } from "~/api/schema";
import classes from "~/features/record/Record.module.css";
import { useFormat } from "~/i18n/useFormat";
import rows from "~/ui/Rows.module.css";

const LOOKS = {
  requested: { color: "yellow", icon: IconClock },
  accepted: { color: "green", icon: IconCheck },
  declined: { color: "gray", icon: IconX },
} as const;

/** A request for a correction, with its answer. */
export function CorrectionEntry({ correction }: { correction: Correction }) {
  const { t } = useTranslation("record");
  const format = useFormat();
  const { status, text, requested_at, answered_at, statement } = correction;
  const { color, icon: Picture } = LOOKS[status];
  return (
    <div className={classes.request}>
      <Group gap="sm" mb={4}>
        <Badge
          variant="light"
          color={color}
          c="var(--mantine-color-text)"
          tt="none"
          size="lg"
          leftSection={<Picture size={14} aria-hidden />}
        >
          {t(`correction_${status}`)}
        </Badge>
        <Text size="sm" c="dimmed">
          {format.dateTime(requested_at)}
        </Text>
      </Group>
      <Text className={rows.words}>
        <bdi>{text ?? t("erased")}</bdi>
      </Text>
      {statement !== null && (
        <Text className={rows.words} size="sm" mt={4}>
          <Text span fw={600} inherit>
            {t("answer")}
          </Text>{" "}
          <bdi>{statement}</bdi>
        </Text>
      )}
      {answered_at !== null && (
        <Text size="sm" c="dimmed">
          {t("answered_on", { day: format.dateTime(answered_at) })}
        </Text>
      )}
    </div>
  );
}
