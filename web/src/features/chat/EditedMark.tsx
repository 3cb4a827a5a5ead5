import { Popover, Stack, Text, UnstyledButton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, ok } from "~/api/client";
import { keys } from "~/api/keys";
import type { Message } from "~/api/schema";
import { useFormat } from "~/i18n/useFormat";
import { ErrorNotice } from "~/ui/ErrorNotice";
import { Loading } from "~/ui/Loading";
import classes from "./Bubble.module.css";

/** That a message was edited; behind it, what it said before. */
export function EditedMark({ roomId, message }: { roomId: string; message: Message }) {
  const { t } = useTranslation("chat");
  const [opened, setOpened] = useState(false);
  return (
    <Popover opened={opened} onChange={setOpened} trapFocus returnFocus withinPortal width={300}>
      <Popover.Target>
        <UnstyledButton className={classes.edited} onClick={() => setOpened(!opened)}>
          {t("edited")}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown aria-label={t("versions")}>
        <Versions roomId={roomId} message={message} />
      </Popover.Dropdown>
    </Popover>
  );
}

function Versions({ roomId, message }: { roomId: string; message: Message }) {
  const { t } = useTranslation("chat");
  const { dateTime } = useFormat();
  const path = { room_id: roomId, number: message.number };
  const history = useQuery({
    queryKey: [...keys.messageHistory(roomId, message.number), message.version],
    queryFn: () =>
      ok(api.GET("/api/rooms/{room_id}/messages/{number}/history", { params: { path } })),
  });
  return (
    <Stack gap="sm" tabIndex={-1} data-autofocus>
      <Text fw={600} size="sm">
        {t("versions")}
      </Text>
      {history.isPending && <Loading />}
      {history.error !== null && (
        <ErrorNotice error={history.error} onRetry={() => void history.refetch()} />
      )}
      {history.data?.versions.map(({ version, body, written_at }) => (
        <div key={version}>
          <Text size="xs" c="dimmed">
            {dateTime(written_at)}
          </Text>
          <Text size="sm" dir="auto" className={classes.words}>
            {body ?? t("erased")}
          </Text>
        </div>
      ))}
    </Stack>
  );
}
