import { UnstyledButton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Message, Reaction } from "~/api/schema";
import { useFormat } from "~/i18n/useFormat";
import classes from "./Bubble.module.css";
import { REACTIONS } from "./reactions";
import { useReact } from "./useReact";

interface Props {
  message: Message;
  roomId: string;
  otherId: string;
  otherName: string;
  closed: boolean;
}

/** The reactions that stand; the own ones are taken back by pressing them. */
export function Reactions({ message, roomId, otherId, otherName, closed }: Props) {
  const { t } = useTranslation("chat");
  const { number } = useFormat();
  const react = useReact(roomId, message);
  const by = (kind: Reaction) => message.reactions.filter(({ reaction }) => reaction === kind);
  return (
    <div className={classes.reactions}>
      {REACTIONS.map(({ kind, picture }) => {
        const those = by(kind);
        if (those.length === 0) return null;
        const mine = those.some((one) => one.by !== otherId);
        const names = those.map((one) => (one.by === otherId ? otherName : t("you")));
        return (
          <UnstyledButton
            key={kind}
            className={classes.reaction}
            aria-pressed={mine}
            aria-label={t("reaction_by", {
              reaction: t(`reaction_${kind}`),
              names: names.join(", "),
            })}
            disabled={closed}
            onClick={() => react(kind, !mine)}
          >
            <span aria-hidden>{picture}</span>
            {those.length > 1 && <span aria-hidden>{number(those.length)}</span>}
          </UnstyledButton>
        );
      })}
    </div>
  );
}
