import { ActionIcon, Card, Group, Stack, Text, ThemeIcon } from "@mantine/core";
import {
  IconChevronLeft,
  IconChevronRight,
  IconChevronsLeft,
  IconChevronsRight,
  IconPlayerPause,
  IconPlayerPlay,
} from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { TrailLine } from "~/api/schema";
import { useFormat } from "~/i18n/useFormat";
import { sortColors, sortIcons, sortOf } from "../lines";
import { useCodes } from "../useCodes";
import { Words } from "../Words";
import { Slider } from "./Slider";
import type { Walk } from "./useWalk";
import classes from "./Walker.module.css";

/** The event at which one is, and every way to another one. */
export function Walker({ lines, walk }: { lines: TrailLine[]; walk: Walk }) {
  const line = lines[walk.index];
  if (line === undefined) return null;
  return (
    <Card withBorder padding="md" className={classes.frame}>
      <Stack gap="sm">
        <Here line={line} number={walk.index + 1} count={lines.length} />
        <Slider lines={lines} index={walk.index} onGo={walk.go} />
        <Buttons walk={walk} last={lines.length - 1} />
      </Stack>
    </Card>
  );
}

function Here({ line, number, count }: { line: TrailLine; number: number; count: number }) {
  const { t } = useTranslation("audit");
  const format = useFormat();
  const code = useCodes();
  const sort = sortOf(line);
  const Picture = sortIcons[sort];
  return (
    <Group gap="sm" wrap="nowrap" align="flex-start" className={classes.here}>
      <ThemeIcon variant="light" color={sortColors[sort]} size={40} radius="xl">
        <Picture size={22} aria-hidden />
      </ThemeIcon>
      <div>
        <Words fw={650}>{line.words}</Words>
        <Text size="sm" c="dimmed">
          <time dateTime={line.at}>{format.exact(line.at)}</time> · {code("action", line.action)} ·{" "}
          {t("step_of", { number, total: count })}
        </Text>
      </div>
    </Group>
  );
}

function Buttons({ walk, last }: { walk: Walk; last: number }) {
  const { t } = useTranslation("audit");
  const { index, playing } = walk;
  return (
    <Group justify="center" gap="xs" role="group" aria-label={t("steps_label")}>
      <Step label={t("step_first")} to={0} walk={walk} disabled={index === 0}>
        <IconChevronsLeft aria-hidden className={classes.mirrored} />
      </Step>
      <Step label={t("step_back")} to={index - 1} walk={walk} disabled={index === 0}>
        <IconChevronLeft aria-hidden className={classes.mirrored} />
      </Step>
      <ActionIcon
        size={44}
        radius="xl"
        aria-label={playing ? t("pause") : t("play")}
        onClick={walk.togglePlaying}
        disabled={last < 1}
      >
        {playing ? (
          <IconPlayerPause aria-hidden />
        ) : (
          <IconPlayerPlay aria-hidden className={classes.mirrored} />
        )}
      </ActionIcon>
      <Step label={t("step_on")} to={index + 1} walk={walk} disabled={index === last}>
        <IconChevronRight aria-hidden className={classes.mirrored} />
      </Step>
      <Step label={t("step_last")} to={last} walk={walk} disabled={index === last}>
        <IconChevronsRight aria-hidden className={classes.mirrored} />
      </Step>
    </Group>
  );
}

interface StepProps {
  label: string;
  to: number;
  walk: Walk;
  disabled: boolean;
  children: ReactNode;
}

/** At an end it stays where it is: a button that vanished would take the focus with it. */
function Step({ label, to, walk, disabled, children }: StepProps) {
  return (
    <ActionIcon
      variant="default"
      size={40}
      radius="xl"
      aria-label={label}
      aria-disabled={disabled}
      {...(disabled ? { "data-disabled": true } : {})}
      onClick={() => (disabled ? undefined : walk.go(to))}
    >
      {children}
    </ActionIcon>
  );
}
