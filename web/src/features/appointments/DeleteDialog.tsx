import { Button, Group, Text } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useDeleteAppointment } from "~/features/appointments/queries";
import type { Current } from "~/features/appointments/useSeen";
import { Dialog } from "~/ui/Dialog";
import { WriteError } from "~/ui/WriteError";

interface Props {
  current: Current;
  onClose: () => void;
}

/** Puts a cancelled appointment out of sight. Only the hospital can bring it back. */
export function DeleteDialog({ current, onClose }: Props) {
  const { t } = useTranslation("appointments");
  const navigate = useNavigate();
  const remove = useDeleteAppointment(current.value.appointment_id, current.etag);
  const send = () =>
    remove.mutate(undefined, {
      onSuccess: () => navigate({ to: "/appointments", search: { show: "cancelled" } }),
    });
  return (
    <Dialog title={t("delete_title")} onClose={onClose}>
      <Text>{t("delete_words")}</Text>
      <WriteError error={remove.error} namespace="appointments" />
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t("keep_listed")}
        </Button>
        <Button color="red" loading={remove.isPending} onClick={send}>
          {t("delete_confirm")}
        </Button>
      </Group>
    </Dialog>
  );
}
