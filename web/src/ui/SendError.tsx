import { Alert } from "@mantine/core";
import { IconAlertTriangle, IconHelpCircle } from "@tabler/icons-react";
import type { CustomTypeOptions } from "i18next";
import { useTranslation } from "react-i18next";
import { ApiError, NoAnswer } from "~/api/errors";
import alert from "~/ui/Alert.module.css";
import { useErrorWords } from "~/ui/useErrorWords";

/** Whether nobody knows if the server carried it out. */
function outcomeUnknown(error: unknown): boolean {
  return (
    error instanceof NoAnswer || (error instanceof ApiError && error.code === "outcome_unknown")
  );
}

interface Props {
  error: unknown;
  /** Where the words for the server's codes are. */
  namespace: keyof CustomTypeOptions["resources"];
}

/**
 * Why something was not sent. Where it is not known whether it was, it says so: sending the
 * same again is safe then, because it has the same id.
 */
export function SendError({ error, namespace }: Props) {
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
      {unknown ? t("outcome_unknown_words") : null}
    </Alert>
  );
}
