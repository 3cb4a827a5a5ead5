import { Alert, Button, Card, Group, Loader, Stack, Text, Title } from "@mantine/core";
import { IconAlertTriangle, IconBraces, IconCheck, IconFileText } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { CutShort } from "~/features/privacy/download";
import { useDownload } from "~/features/privacy/useDownload";
import { useFormat } from "~/i18n/useFormat";
import { useErrorWords } from "~/ui/useErrorWords";

const KILOBYTE = 1_000;

/** Everything about the patient as one file: for people, or for programs. */
export function Download() {
  const { t } = useTranslation("privacy");
  const { download, bytes, stop } = useDownload();
  return (
    <Card component="section" withBorder padding="lg" aria-labelledby="download">
      <Stack gap="md">
        <div>
          <Title order={2} size="h4" id="download">
            {t("download_title")}
          </Title>
          <Text size="sm" c="dimmed">
            {t("download_words")}
          </Text>
        </div>
        <Group gap="sm">
          <Button
            leftSection={<IconFileText size={18} aria-hidden />}
            disabled={download.isPending}
            onClick={() => download.mutate("html")}
          >
            {t("download_html")}
          </Button>
          <Button
            variant="default"
            leftSection={<IconBraces size={18} aria-hidden />}
            disabled={download.isPending}
            onClick={() => download.mutate("json")}
          >
            {t("download_json")}
          </Button>
        </Group>
        <DownloadState
          bytes={bytes}
          pending={download.isPending}
          saved={download.data ?? null}
          error={download.error}
          onStop={stop}
        />
      </Stack>
    </Card>
  );
}

interface StateProps {
  bytes: number;
  pending: boolean;
  saved: number | null;
  error: Error | null;
  onStop: () => void;
}

function DownloadState({ bytes, pending, saved, error, onStop }: StateProps) {
  const { t } = useTranslation("privacy");
  const format = useFormat();
  const words = useErrorWords("privacy");
  const size = (of: number) => format.number(Math.ceil(of / KILOBYTE));
  if (pending)
    return (
      <Group justify="space-between">
        <Group gap="sm">
          <Loader size="sm" />
          <Text size="sm">{t("downloading", { size: size(bytes) })}</Text>
        </Group>
        <Button size="xs" variant="default" onClick={onStop}>
          {t("stop")}
        </Button>
      </Group>
    );
  if (error !== null)
    return (
      <Alert role="alert" color="red" icon={<IconAlertTriangle aria-hidden />}>
        {error instanceof CutShort ? t("cut_short") : words(error)}
      </Alert>
    );
  if (saved === null) return null;
  return (
    <Group gap="xs" role="status" wrap="nowrap">
      <IconCheck size={18} aria-hidden color="var(--mantine-color-green-7)" />
      <Text size="sm">{t("saved", { size: size(saved) })}</Text>
    </Group>
  );
}
