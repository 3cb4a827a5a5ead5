import { Group, Loader, Text, VisuallyHidden } from "@mantine/core";
import {
  type Icon,
  IconAlertTriangle,
  IconCloudCheck,
  IconCloudOff,
  IconPencil,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/i18n/useFormat";
import { useErrorWords } from "~/ui/useErrorWords";
import type { Standing } from "./DraftKeeper";

const PICTURES: Record<Standing["state"], Icon> = {
  saved: IconCloudCheck,
  changed: IconPencil,
  saving: IconPencil,
  retrying: IconCloudOff,
  conflict: IconAlertTriangle,
  refused: IconAlertTriangle,
  over: IconAlertTriangle,
};

/**
 * Whether what was written is safe. It changes with every pause, so only trouble and its end
 * are announced; who wants to know more can read it.
 */
export function SaveState({ standing, half }: { standing: Standing; half: boolean }) {
  const { t } = useTranslation("consulting");
  const words = useStandingWords(standing);
  const Picture = PICTURES[standing.state];
  const trouble = !["saved", "changed", "saving"].includes(standing.state);
  return (
    <>
      <Group gap="xs" wrap="nowrap" c={trouble ? "error" : "dimmed"}>
        {standing.state === "saving" ? (
          <Loader size={18} aria-hidden />
        ) : (
          <Picture size={20} aria-hidden />
        )}
        <Text size="sm" fw={trouble ? 600 : 400} data-testid="save-state">
          {words}
          {half && ` ${t("half_written")}`}
        </Text>
      </Group>
      <VisuallyHidden role="status">{trouble ? words : t("save_works")}</VisuallyHidden>
    </>
  );
}

function useStandingWords(standing: Standing): string {
  const { t } = useTranslation("consulting");
  const errors = useErrorWords("consulting");
  const format = useFormat();
  switch (standing.state) {
    case "saved":
      return standing.at === null ? t("saved") : t("saved_at", { time: format.time(standing.at) });
    case "refused":
      return t("not_saved_because", { why: errors(standing.error) });
    case "over":
      return t("over");
    default:
      return t(standing.state);
  }
}
