import { Button, Group, Text } from "@mantine/core";
import { IconAlertCircle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/i18n/useFormat";
import { LiveError } from "~/live/commands";
import { live } from "~/live/live";
import type { Pending } from "~/live/outbox";
import classes from "./Bubble.module.css";
import { ReceiptMark } from "./ReceiptMark";
import { useCommandWords } from "./useCommandWords";

/** What was written here and is not in the conversation yet: on its way, or not sent. */
export function PendingBubble({ pending, goesOn }: { pending: Pending; goesOn: boolean }) {
  const { t } = useTranslation("chat");
  const { time } = useFormat();
  const words = useCommandWords();
  const failed = pending.state === "failed";
  return (
    <div className={classes.line} data-mine data-goes-on={goesOn || undefined}>
      <div className={classes.column}>
        <div className={classes.bubble} data-failed={failed || undefined}>
          <div className={classes.words} dir="auto">
            {pending.body}
          </div>
          <div className={classes.foot}>
            <time dateTime={pending.writtenAt}>{time(pending.writtenAt)}</time>
            {!failed && <ReceiptMark state={pending.state === "sent" ? "sent" : "sending"} />}
          </div>
        </div>
        {failed && (
          <Group gap="xs" justify="flex-end" role="alert">
            <IconAlertCircle size={16} aria-hidden />
            <Text size="sm" c="error">
              {words(new LiveError(pending.code ?? ""))}
            </Text>
            <Button size="compact-sm" variant="light" onClick={() => live.outbox.retry(pending)}>
              {t("send_again")}
            </Button>
            <Button
              size="compact-sm"
              variant="subtle"
              color="gray"
              onClick={() => live.outbox.discard(pending)}
            >
              {t("discard")}
            </Button>
          </Group>
        )}
      </div>
    </div>
  );
}
