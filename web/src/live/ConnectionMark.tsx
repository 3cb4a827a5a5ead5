import { Group, Text, VisuallyHidden } from "@mantine/core";
import { IconCloudCheck, IconCloudOff } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useLineLost } from "~/live/useLineLost";
import { useConnection } from "~/live/useLive";

/** How the line to the server stands: a small sign while all is well, words when it is lost. */
export function ConnectionMark() {
  const { t } = useTranslation();
  const { status } = useConnection();
  const lost = useLineLost();
  if (status === "off") return null;
  return (
    <div role="status">
      {lost ? (
        <Group gap={6} wrap="nowrap">
          <IconCloudOff size={20} color="var(--mantine-color-error)" aria-hidden />
          <Text size="sm" fw={600} visibleFrom="xs">
            {status === "offline" ? t("line_offline") : t("line_lost")}
          </Text>
          <VisuallyHidden>{t("line_lost_words")}</VisuallyHidden>
        </Group>
      ) : (
        <Group gap={0} c="dimmed" title={t("line_live")}>
          {status === "live" && <IconCloudCheck size={20} aria-hidden />}
          <VisuallyHidden>{status === "live" ? t("line_live") : ""}</VisuallyHidden>
        </Group>
      )}
    </div>
  );
}
