import { Button, Group, Modal, Stack, Text, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Appointment } from "~/api/schema";
import { keepDraft, readDraft } from "~/session/drafts";
import { useMe } from "~/session/useSession";
import { toast } from "~/ui/toast";
import { WriteError } from "~/ui/WriteError";
import { useChangeAppointment } from "./queries";

interface Props {
  appointment: Appointment;
  onClose: () => void;
}

const REASON_MAX = 1_000;

/** Calls an appointment off, with a word to the patient. */
export function CancelDialog({ appointment, onClose }: Props) {
  const { t } = useTranslation("schedule");
  const { accountId } = useMe();
  const name = `cancel ${appointment.appointment_id}`;
  const [reason, setReason] = useState(() => readDraft(accountId, name));
  const change = useChangeAppointment(appointment);
  const write = (words: string) => {
    setReason(words);
    keepDraft(accountId, name, words);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const why = reason.trim() === "" ? {} : { reason: reason.trim() };
    // The live feed may take this away before the answer comes.
    change.mutateAsync({ status: "cancelled", ...why }).then(
      () => {
        keepDraft(accountId, name, "");
        toast(t("cancelled_now"));
        onClose();
      },
      () => undefined,
    );
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("cancel_title")}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <Stack component="form" onSubmit={submit}>
        <Text size="sm">{t("cancel_words")}</Text>
        <Textarea
          label={t("cancel_reason")}
          description={t("cancel_reason_hint")}
          autosize
          minRows={2}
          maxLength={REASON_MAX}
          data-autofocus
          value={reason}
          onChange={(event) => write(event.currentTarget.value)}
        />
        <WriteError namespace="schedule" error={change.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("keep")}
          </Button>
          <Button type="submit" color="red" loading={change.isPending}>
            {t("cancel_final")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
