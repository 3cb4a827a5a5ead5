import { Card, Stack, Text, Timeline, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { AppointmentWithHistory } from "~/api/schema";
import { useHistoryWords } from "~/features/appointments/useHistoryWords";
import { useFormat } from "~/i18n/useFormat";

interface Props {
  appointment: AppointmentWithHistory;
  other: { id: string; name: string | null };
}

/** Everything that happened to an appointment, the latest first. */
export function AppointmentHistory({ appointment, other }: Props) {
  const { t } = useTranslation("appointments");
  const words = useHistoryWords(other);
  const format = useFormat();
  const { history, history_complete } = appointment;
  return (
    <Card component="section" withBorder padding="lg" aria-labelledby="history">
      <Stack gap="md">
        <Title order={2} size="h4" id="history">
          {t("history")}
        </Title>
        <Timeline bulletSize={16} lineWidth={2} active={history.length}>
          {history.map((line) => (
            <Timeline.Item key={line.version} title={words(line)}>
              <Text size="xs" c="dimmed">
                {format.dateTime(line.at)}
              </Text>
            </Timeline.Item>
          ))}
        </Timeline>
        {!history_complete && (
          <Text size="sm" c="dimmed">
            {t("history_cut")}
          </Text>
        )}
      </Stack>
    </Card>
  );
}
