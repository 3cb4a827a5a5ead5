import { VisuallyHidden } from "@mantine/core";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import type { Message } from "~/api/schema";
import { useFormat } from "~/i18n/useFormat";
import classes from "./Bubble.module.css";
import { EditedMark } from "./EditedMark";
import { MessageActions } from "./MessageActions";
import { Reactions } from "./Reactions";
import { ReceiptMark, type ReceiptState } from "./ReceiptMark";

export interface BubbleProps {
  message: Message;
  roomId: string;
  /** Whether the same person says more right after it. */
  goesOn: boolean;
  mine: boolean;
  otherId: string;
  otherName: string;
  closed: boolean;
  receipt: ReceiptState | null;
  onEdit: (message: Message) => void;
}

/** A message, and what can be done with it. */
export const Bubble = memo(function Bubble(props: BubbleProps) {
  const { message, mine, goesOn, otherName, receipt, roomId } = props;
  const { t } = useTranslation("chat");
  const { time, dateTime } = useFormat();
  const stands = !message.retracted && !message.hidden;
  return (
    <div className={classes.line} data-mine={mine || undefined} data-goes-on={goesOn || undefined}>
      <div className={classes.column}>
        <div className={classes.bubble} data-quiet={!stands || undefined}>
          <VisuallyHidden>{mine ? t("you") : otherName}</VisuallyHidden>
          <div className={classes.words} dir="auto">
            {wordsOf(message, t)}
          </div>
          <div className={classes.foot}>
            {message.edits > 0 && stands && <EditedMark roomId={roomId} message={message} />}
            <time dateTime={message.posted_at} title={dateTime(message.posted_at)}>
              {time(message.posted_at)}
            </time>
            {receipt !== null && stands && <ReceiptMark state={receipt} />}
          </div>
        </div>
        {stands && message.reactions.length > 0 && <Reactions {...props} />}
      </div>
      {stands && !props.closed && <MessageActions {...props} />}
    </div>
  );
});

function wordsOf(message: Message, t: (key: "hidden" | "retracted" | "erased") => string) {
  if (message.hidden) return <em>{t("hidden")}</em>;
  if (message.retracted) return <em>{t("retracted")}</em>;
  return message.body ?? <em>{t("erased")}</em>;
}
