import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Message } from "~/api/schema";
import { live } from "~/live/live";
import classes from "./Bubble.module.css";
import { CommandError } from "./CommandError";

interface Props {
  roomId: string;
  message: Message;
  onClose: () => void;
}

/** Asks once more, with the words in question, before they disappear for both. */
export function RetractDialog({ roomId, message, onClose }: Props) {
  const { t } = useTranslation("chat");
  const retract = useMutation({
    mutationFn: () =>
      live.command({ type: "retract_message", room_id: roomId, number: message.number }),
    onSuccess: onClose,
  });
  return (
    <Modal opened onClose={onClose} withCloseButton={false} centered>
      <Stack>
        <Modal.Title fw={650}>{t("retract_title")}</Modal.Title>
        <Text size="sm">{t("retract_words")}</Text>
        <Text size="sm" className={classes.quoted} lineClamp={4} dir="auto">
          {message.body}
        </Text>
        <CommandError error={retract.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("keep")}
          </Button>
          <Button color="red" loading={retract.isPending} onClick={() => retract.mutate()}>
            {t("retract")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
