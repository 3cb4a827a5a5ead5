import { Alert, Button, Stack } from "@mantine/core";
import { IconHistory } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { AppointmentHistoryLine } from "~/api/schema";
import { useHistoryWords } from "~/features/appointments/useHistoryWords";
import alert from "~/ui/Alert.module.css";

interface Props {
  lines: AppointmentHistoryLine[];
  other: { id: string; name: string | null };
  onAcknowledge: () => void;
}

/** Says what happened to an appointment since somebody began to change it. */
export function Meanwhile({ lines, other, onAcknowledge }: Props) {
  const { t } = useTranslation("appointments");
  const words = useHistoryWords(other);
  if (lines.length === 0) return null;
  return (
    <Alert
      role="alert"
      color="yellow"
      icon={<IconHistory aria-hidden />}
      title={t("meanwhile_title")}
      classNames={{ title: alert.title }}
    >
      <Stack gap="xs" align="flex-start">
        {lines.map((line) => (
          <div key={line.version}>{words(line)}</div>
        ))}
        <Button size="xs" variant="default" onClick={onAcknowledge}>
          {t("meanwhile_seen")}
        </Button>
      </Stack>
    </Alert>
  );
}
