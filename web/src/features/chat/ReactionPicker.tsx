import { Popover } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { BubbleProps } from "./Bubble";
import { Grid } from "./Grid";
import { REACTIONS } from "./reactions";
import { useReact } from "./useReact";

interface Props extends BubbleProps {
  target: ReactElement;
  onClose: () => void;
}

/** The eight reactions; the own ones are pressed. */
export function ReactionPicker({ message, roomId, otherId, target, onClose }: Props) {
  const { t } = useTranslation("chat");
  const react = useReact(roomId, message);
  const own = new Set(
    message.reactions.flatMap(({ by, reaction }) => (by === otherId ? [] : [reaction as string])),
  );
  return (
    <Popover defaultOpened onClose={onClose} trapFocus returnFocus withinPortal position="top">
      <Popover.Target>{target}</Popover.Target>
      <Popover.Dropdown p="xs" aria-label={t("react")}>
        <Grid
          label={t("react")}
          columns={4}
          autoFocus
          cells={REACTIONS.map(({ kind, picture }) => ({
            key: kind,
            picture,
            name: t(`reaction_${kind}`),
            pressed: own.has(kind),
          }))}
          onChoose={(key) => {
            const chosen = REACTIONS.find(({ kind }) => kind === key);
            if (chosen !== undefined) react(chosen.kind, !own.has(chosen.kind));
            onClose();
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}
