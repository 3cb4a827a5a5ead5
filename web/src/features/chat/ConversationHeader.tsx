import { ActionIcon, Group, Menu, Text, Title } from "@mantine/core";
import { IconArrowLeft, IconDotsVertical, IconLock, IconLockOpen } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Room } from "~/api/schema";
import { live } from "~/live/live";
import { useMe } from "~/session/useSession";
import { PersonAvatar } from "~/ui/PersonAvatar";
import classes from "./Chat.module.css";
import { CommandError } from "./CommandError";
import { useIsPhone } from "./useIsPhone";

/** With whom, and whether they are there. Doctors close a conversation here, and open it again. */
export function ConversationHeader({ room }: { room: Room }) {
  const { t } = useTranslation("chat");
  const { role } = useMe();
  const phone = useIsPhone();
  const { other, closed } = room;
  const turn = useMutation({
    mutationFn: () =>
      live.command({ type: closed ? "reopen_room" : "close_room", room_id: room.room_id }),
  });
  return (
    <header className={classes.header}>
      {phone && (
        <ActionIcon
          component={Link}
          to="/messages"
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={t("back")}
        >
          <IconArrowLeft size={22} className={classes.mirrored} aria-hidden />
        </ActionIcon>
      )}
      <PersonAvatar name={other.name} size={40} online={other.online} />
      <div className={classes.rowWords}>
        <Title order={phone ? 1 : 2} size="h4" lineClamp={1}>
          <bdi>{other.name}</bdi>
        </Title>
        <Text size="xs" c="dimmed">
          {other.online ? t("online") : t("offline")}
        </Text>
      </div>
      <Group gap="xs" wrap="nowrap">
        <CommandError error={turn.error} />
        {role === "doctor" && (
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t("room_menu")}>
                <IconDotsVertical size={20} aria-hidden />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item
                leftSection={
                  closed ? (
                    <IconLockOpen size={18} aria-hidden />
                  ) : (
                    <IconLock size={18} aria-hidden />
                  )
                }
                onClick={() => turn.mutate()}
              >
                {closed ? t("reopen") : t("close")}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
      </Group>
    </header>
  );
}
