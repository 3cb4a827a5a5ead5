import { Alert, Button, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "~/api/errors";
import type { DeletedItem, User } from "~/api/schema";
import { REASONS, type RestoreReason } from "~/features/deleted/kinds";
import { type Restoring, useRestore } from "~/features/deleted/queries";
import { useNames } from "~/features/deleted/useNames";
import { ReasonDialog } from "~/features/people/ReasonDialog";
import { WriteError } from "~/ui/WriteError";

interface Props {
  item: DeletedItem;
  people: Map<string, User>;
  onClose: () => void;
  onDone: (restoring: Restoring) => void;
}

/** Asks why something is brought back; and where that is not possible, says what is. */
export function RestoreDialog({ item, people, onClose, onDone }: Props) {
  const { t } = useTranslation("deleted");
  const { whatIs, whomOf } = useNames(people);
  const restore = useRestore(onDone, onClose);
  const [reason, setReason] = useState<RestoreReason | null>(null);
  const reasons: RestoreReason[] = REASONS[item.kind];
  const bringBack = (why: RestoreReason) => {
    setReason(why);
    restore.mutate({ item, reason: why });
  };
  return (
    <ReasonDialog
      title={t("restore_title")}
      words={`${whatIs(item)}, ${whomOf(item)}. ${t("restore_words")}`}
      reasons={reasons.map((value) => ({ value, label: t(`reason_${value}`) }))}
      action={t("restore")}
      isPending={restore.isPending}
      onClose={onClose}
      onChosen={bringBack}
    >
      <WhatCanBeDone
        error={restore.error}
        kind={item.kind}
        onAsCancelled={() => {
          if (reason !== null) restore.mutate({ item, reason, asCancelled: true });
        }}
      />
    </ReasonDialog>
  );
}

/** Refusals after which an appointment can come back as cancelled, and what is said of each. */
const OTHER_WAYS: Record<string, "taken" | "away"> = {
  time_taken: "taken",
  account_deactivated: "away",
  account_not_a_doctor: "away",
};

interface WhatCanBeDoneProps {
  error: unknown;
  kind: DeletedItem["kind"];
  onAsCancelled: () => void;
}

/** A refusal that leaves another way says so; the others say what they are. */
function WhatCanBeDone({ error, kind, onAsCancelled }: WhatCanBeDoneProps) {
  const { t } = useTranslation("deleted");
  if (error === null) return null;
  const way = error instanceof ApiError ? OTHER_WAYS[error.code] : undefined;
  if (way === undefined || kind !== "appointment") {
    return <WriteError error={error} namespace="deleted" />;
  }
  return (
    <Alert color="yellow" role="alert" title={t(`${way}_title`)}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{t(`${way}_words`)}</Text>
        <Button size="xs" variant="default" onClick={onAsCancelled}>
          {t("as_cancelled")}
        </Button>
      </Stack>
    </Alert>
  );
}
