import { Alert, Button, Stack, Text } from "@mantine/core";
import { IconAlertTriangle, IconHelpCircle } from "@tabler/icons-react";
import type { CustomTypeOptions } from "i18next";
import { useTranslation } from "react-i18next";
import { outcomeUnknown } from "~/api/errors";
import alert from "~/ui/Alert.module.css";
import { useErrorWords } from "~/ui/useErrorWords";

interface Props {
  error: unknown;
  /** Where the words for the server's codes are, apart from the app's own. */
  namespace?: keyof CustomTypeOptions["resources"];
  /** Sends the same once more, where the form's own button is not right beside it. */
  onRetry?: () => void;
}

/**
 * Why something was not written; nothing without an error. Where it is not known whether it
 * was, it says so: sending the same again is safe then, because it has the same id.
 */
export function WriteError({ error, namespace, onRetry }: Props) {
  const { t } = useTranslation();
  const words = useErrorWords(namespace);
  if (error === null || error === undefined) return null;
  const unknown = outcomeUnknown(error);
  return (
    <Alert
      role="alert"
      color={unknown ? "yellow" : "red"}
      icon={unknown ? <IconHelpCircle aria-hidden /> : <IconAlertTriangle aria-hidden />}
      classNames={{ title: alert.title }}
      title={unknown ? t("outcome_unknown_title") : words(error)}
    >
      {unknown && (
        <Stack gap="xs" align="flex-start">
          <Text size="sm">{t("outcome_unknown_words")}</Text>
          {onRetry !== undefined && (
            <Button size="xs" variant="default" onClick={onRetry}>
              {t("try_again")}
            </Button>
          )}
        </Stack>
      )}
    </Alert>
  );
}
