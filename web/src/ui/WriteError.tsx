import { Alert } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import type { CustomTypeOptions } from "i18next";
import { useTranslation } from "react-i18next";
import { isUnknown } from "~/api/useWrite";
import { useErrorWords } from "~/ui/useErrorWords";

interface Props {
  error: unknown;
  namespace: keyof CustomTypeOptions["resources"];
}

/** Why a write was refused, or that nobody knows whether it was done. Nothing without an error. */
export function WriteError({ error, namespace }: Props) {
  const { t } = useTranslation();
  const words = useErrorWords(namespace);
  if (error === null || error === undefined) return null;
  const unknown = isUnknown(error);
  return (
    <Alert role="alert" color={unknown ? "yellow" : "red"} icon={<IconAlertTriangle aria-hidden />}>
      {unknown ? t("outcome_unknown") : words(error)}
    </Alert>
  );
}
