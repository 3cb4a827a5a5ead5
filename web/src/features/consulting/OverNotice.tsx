import { Alert, Button, Stack, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { ApiError } from "~/api/errors";
import { keepDraft, readDraft } from "~/session/drafts";
import { useMe } from "~/session/useSession";
import { consultationQuery } from "./queries";
import { amendmentName, draftName } from "./useDraft";

interface Props {
  consultationId: string;
  error: ApiError;
}

/** It was signed or deleted elsewhere while there were words that were not saved. */
export function OverNotice({ consultationId, error }: Props) {
  const { t } = useTranslation("consulting");
  const { accountId } = useMe();
  const client = useQueryClient();
  const signed = error.code === "consultation_signed";
  const goOn = () => {
    const words = readDraft(accountId, draftName(consultationId));
    keepDraft(accountId, amendmentName(consultationId), words);
    keepDraft(accountId, draftName(consultationId), "");
    void client.invalidateQueries({ queryKey: consultationQuery(consultationId).queryKey });
  };
  return (
    <Alert role="alert" color="red" icon={<IconAlertTriangle aria-hidden />}>
      <Stack gap="sm" align="flex-start">
        <Text>{t(signed ? "signed_elsewhere" : "deleted_elsewhere")}</Text>
        {signed && <Button onClick={goOn}>{t("go_on_as_amendment")}</Button>}
      </Stack>
    </Alert>
  );
}
