import { Button, Group, Text, Textarea } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { wasChanged } from "~/api/errors";
import { Meanwhile } from "~/features/appointments/Meanwhile";
import { useChangeAppointment } from "~/features/appointments/queries";
import { REASON_CHARS_MAX } from "~/features/appointments/reason";
import { type Current, useSeen } from "~/features/appointments/useSeen";
import { useFormat } from "~/i18n/useFormat";
import { keepDraft, readDraft } from "~/session/drafts";
import { useMe } from "~/session/useSession";
import { Dialog } from "~/ui/Dialog";
import { toast } from "~/ui/toast";
import { WriteError } from "~/ui/WriteError";

interface Props {
  current: Current;
  other: { id: string; name: string | null };
  onClose: () => void;
}

/** Calls an appointment off, perhaps with a reason. */
export function CancelDialog({ current, other, onClose }: Props) {
  const { t } = useTranslation("appointments");
  const format = useFormat();
  const { accountId } = useMe();
  const { seen, meanwhile, acknowledge } = useSeen(current);
  const { appointment_id, starts_at } = current.value;
  const draft = `cancel ${appointment_id}`;
  const [reason, setReason] = useState(() => readDraft(accountId, draft));
  const write = (words: string) => {
    setReason(words);
    keepDraft(accountId, draft, words);
  };
  const change = useChangeAppointment(appointment_id);
  const settled = !change.isPending && !change.isSuccess;
  const outdated = wasChanged(change.error);
  const send = () =>
    change.mutate(
      {
        change: { status: "cancelled", ...(reason.trim() === "" ? {} : { reason: reason.trim() }) },
        etag: seen.etag,
      },
      {
        onSuccess: () => {
          keepDraft(accountId, draft, "");
          toast(t("cancelled_told", { name: other.name || t("somebody") }));
          onClose();
        },
      },
    );
  return (
    <Dialog title={t("cancel_title")} onClose={onClose}>
      <Text>
        {t("cancel_words", {
          when: format.dateTime(starts_at),
          name: other.name || t("somebody"),
        })}
      </Text>
      <Textarea
        label={t("cancel_label")}
        description={t("cancel_hint", { name: other.name || t("somebody") })}
        value={reason}
        onChange={({ currentTarget }) => write(currentTarget.value)}
        maxLength={REASON_CHARS_MAX}
        autosize
        minRows={2}
        maxRows={8}
      />
      <Meanwhile lines={settled ? meanwhile : []} other={other} onAcknowledge={acknowledge} />
      {!outdated && <WriteError error={change.error} namespace="appointments" />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t("keep")}
        </Button>
        <Button
          color="red.8"
          loading={change.isPending}
          disabled={settled && meanwhile.length > 0}
          onClick={send}
        >
          {t("cancel_confirm")}
        </Button>
      </Group>
    </Dialog>
  );
}
