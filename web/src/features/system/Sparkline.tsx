import { Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { lineOf, type Point } from "~/features/system/samples";
import classes from "~/features/system/system.module.css";
import { useFormat } from "~/i18n/useFormat";

const WIDTH = 300;
const HEIGHT = 72;

/** One number over the last minutes, as a line. Its values are in the table below the charts. */
export function Sparkline({ what, points }: { what: string; points: Point[] }) {
  const { t } = useTranslation("system");
  const { number } = useFormat();
  const now = points.at(-1)?.value;
  const most = Math.max(0, ...points.map(({ value }) => value));
  const line = lineOf(points, WIDTH, HEIGHT);
  return (
    <figure className={classes.chart}>
      <Group justify="space-between" gap={4} component="figcaption" mb="xs">
        <Text fw={600} size="sm">
          {what}
        </Text>
        <Text size="sm" c="dimmed">
          {now === undefined ? t("chart_waiting") : t("chart_now", { value: number(now) })}
        </Text>
      </Group>
      <svg
        className={classes.line}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t("chart_label", { what, now: number(now ?? 0), most: number(most) })}
      >
        <line className={classes.ground} x1="0" x2={WIDTH} y1={HEIGHT} y2={HEIGHT} />
        {line !== "" && (
          <>
            <polygon className={classes.area} points={`0,${HEIGHT} ${line} ${WIDTH},${HEIGHT}`} />
            <polyline className={classes.stroke} points={line} />
          </>
        )}
      </svg>
      <Text size="xs" c="dimmed" mt={4}>
        {t("chart_most", { value: number(most) })}
      </Text>
    </figure>
  );
}
