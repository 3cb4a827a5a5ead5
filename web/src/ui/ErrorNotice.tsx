import { Alert, Button, Stack, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import type { CustomTypeOptions } from "i18next";
import { useTranslation } from "react-i18next";
import { ApiError, NoAnswer } from "~/api/errors";
import { useErrorWords } from "~/ui/useErrorWords";

interface Props {
  error: unknown;
  onRetry?: () => void;
  /** The feature whose texts have words for what it may be refused. */
  namespace?: keyof CustomTypeOptions["resources"];
}

/** Says what went wrong, in words, and offers another attempt where that may help. */
export function ErrorNotice({ error, onRetry, namespace }: Props) {
  const { t } = useTranslation();
  const words = useErrorWords(namespace);
  const passing = error instanceof NoAnswer || (error instanceof ApiError && error.status >= 500);
  return (
    <Alert color="red" role="alert" icon={<IconAlertTriangle aria-hidden />} title={words(error)}>
      <Stack gap="xs" align="flex-start">
        {error instanceof ApiError && error.requestId !== null && (
          <Text size="xs">{t("request_id", { id: error.requestId })}</Text>
        )}
        {onRetry !== undefined && (passing || !(error instanceof ApiError)) && (
          <Button size="xs" variant="light" color="red" onClick={onRetry}>
            {t("try_again")}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}
