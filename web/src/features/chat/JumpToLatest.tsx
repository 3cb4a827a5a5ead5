import { Badge, Button } from "@mantine/core";
import { IconArrowDown } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/i18n/useFormat";
import classes from "./Chat.module.css";

/** Back to the end of the conversation, with the number of what waits there. */
export function JumpToLatest({ unread, onJump }: { unread: number; onJump: () => Promise<void> }) {
  const { t } = useTranslation("chat");
  const { number } = useFormat();
  return (
    <Button
      size="xs"
      radius="xl"
      variant="default"
      className={classes.jump}
      leftSection={<IconArrowDown size={16} aria-hidden />}
      rightSection={
        unread > 0 && (
          <Badge size="sm" variant="filled" circle={unread < 10}>
            {unread >= 100 ? "99+" : number(unread)}
          </Badge>
        )
      }
      onClick={() => void onJump()}
    >
      {t("jump_to_latest")}
    </Button>
  );
}
