import { Button, Group, Menu, Modal, Stack, Text } from "@mantine/core";
import { IconPencil, IconTrash } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import { useTranslation } from "react-i18next";
import { live } from "~/live/live";
import type { BubbleProps } from "./Bubble";
import classes from "./Bubble.module.css";
import { CommandError } from "./CommandError";

interface Props extends BubbleProps {
  target: ReactElement;
  onClose: () => void;
}

/** What authors can do with their message. */
export function OwnMessageMenu({ message, roomId, onEdit, target, onClose }: Props) {
  const { t } = useTranslation("chat");
  const [asks, setAsks] = useState(false);
  const retract = useMutation({
    mutationFn: () =>
      live.command({ type: "retract_message", room_id: roomId, number: message.number }),
    onSuccess: onClose,
  });
  return (
    <>
      <Menu opened={!asks} onClose={() => asks || onClose()} position="bottom-end">
        <Menu.Target>{target}</Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconPencil size={18} aria-hidden />}
            onClick={() => {
              onEdit(message);
              onClose();
            }}
          >
            {t("edit")}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconTrash size={18} aria-hidden />}
            closeMenuOnClick={false}
            onClick={() => setAsks(true)}
          >
            {t("retract")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal opened={asks} onClose={onClose} withCloseButton={false} centered>
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
    </>
  );
}
