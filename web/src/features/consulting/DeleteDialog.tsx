import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Consultation } from "~/api/schema";
import { keepDraft } from "~/session/drafts";
import { useMe } from "~/session/useSession";
import { toast } from "~/ui/toast";
import { WriteError } from "~/ui/WriteError";
import { useDelete } from "./queries";
import { draftName } from "./useDraft";

interface Props {
  consultation: Consultation;
  opened: boolean;
  onClose: () => void;
}

/** Asks once more: afterwards only an administrator can bring it back. */
export function DeleteDialog({ consultation, opened, onClose }: Props) {
  const { t } = useTranslation("consulting");
  const { accountId } = useMe();
  const navigate = useNavigate();
  const remove = useDelete(consultation.consultation_id);
  const confirm = () =>
    remove.mutate(consultation.version, {
      onSuccess: () => {
        keepDraft(accountId, draftName(consultation.consultation_id), "");
        toast(t("deleted"));
        void navigate({ to: "/home", replace: true });
      },
    });
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t("delete_title")}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <Stack>
        <Text>{t(consultation.signed_at === null ? "delete_draft_words" : "delete_words")}</Text>
        <WriteError namespace="consulting" error={remove.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("keep")}
          </Button>
          <Button color="red" loading={remove.isPending} onClick={confirm}>
            {t("delete")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
