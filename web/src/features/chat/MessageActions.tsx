import { IconDotsVertical, IconMoodPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { BubbleProps } from "./Bubble";
import classes from "./Bubble.module.css";
import { OwnMessageMenu } from "./OwnMessageMenu";
import { ReactionPicker } from "./ReactionPicker";

/**
 * Beside a message: react, and what authors can do. What opens is only made when it is opened,
 * because there are many messages.
 */
export function MessageActions(props: BubbleProps) {
  const { t } = useTranslation("chat");
  const [open, setOpen] = useState<"reactions" | "menu" | null>(null);
  const react = (
    <button
      type="button"
      className={classes.action}
      aria-label={t("react")}
      aria-haspopup="dialog"
      onClick={() => setOpen("reactions")}
    >
      <IconMoodPlus size={18} aria-hidden />
    </button>
  );
  const more = (
    <button
      type="button"
      className={classes.action}
      aria-label={t("message_menu")}
      aria-haspopup="menu"
      onClick={() => setOpen("menu")}
    >
      <IconDotsVertical size={18} aria-hidden />
    </button>
  );
  const close = () => setOpen(null);
  return (
    <div className={classes.actions} data-open={open !== null || undefined}>
      {open === "reactions" ? <ReactionPicker {...props} target={react} onClose={close} /> : react}
      {props.mine &&
        (open === "menu" ? <OwnMessageMenu {...props} target={more} onClose={close} /> : more)}
    </div>
  );
}
