import { Stack, Text } from "@mantine/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "~/api/errors";
import type { ReplayedEvent } from "~/api/schema";
import { useFormat } from "~/i18n/useFormat";
import { ErrorNotice } from "~/ui/ErrorNotice";
import { useErrorWords } from "~/ui/useErrorWords";
import { Notice } from "./Notice";
import classes from "./Replay.module.css";
import { useCodes } from "./useCodes";
import { REPLAY_MAX, type Replay } from "./useReplay";
import { Words } from "./Words";

const ROW_HEIGHT = 64;
const OVERSCAN = 10;

/** What was told so far, and whether it is all of it. */
export function ReplayList({ replay }: { replay: Replay }) {
  if (replay.status === "idle") return null;
  return (
    <Stack gap="sm">
      <Standing replay={replay} />
      {replay.events.length > 0 && <Told events={replay.events} />}
    </Stack>
  );
}

function Standing({ replay: { status, events, ending, error } }: { replay: Replay }) {
  const { t } = useTranslation("audit");
  const words = useErrorWords("audit");
  const count = events.length;
  if (status === "failed") {
    if (error instanceof ApiError && error.status < 500) {
      return <Notice color="red" role="alert" title={words(error)} />;
    }
    return <ErrorNotice error={error} />;
  }
  if (ending?.complete) {
    return <Notice color="teal" role="status" title={t("replay_complete", { count })} />;
  }
  if (status === "full") {
    return <Notice color="orange" role="status" title={t("replay_full", { count: REPLAY_MAX })} />;
  }
  if (ending !== null || status === "stopped") {
    return (
      <Notice color="red" role="alert" title={t("replay_cut", { count })}>
        {ending?.complete === false ? ending.why : null}
      </Notice>
    );
  }
  return <Text role="status">{t("replay_running", { count })}</Text>;
}

/** Only the rows that can be seen are there, however many there are. */
function Told({ events }: { events: ReplayedEvent[] }) {
  const { t } = useTranslation("audit");
  const frame = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: events.length,
    getScrollElement: () => frame.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN,
  });
  return (
    // A region that scrolls takes the keyboard's focus, or it could not be scrolled with it.
    <div
      ref={frame}
      className={classes.frame}
      role="region"
      aria-label={t("replay_told")}
      tabIndex={0}
    >
      <div className={classes.all} style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ key, index, start }) => {
          const event = events[index];
          if (event === undefined) return null;
          return (
            <div
              key={key}
              ref={rows.measureElement}
              data-index={index}
              className={classes.row}
              style={{ transform: `translateY(${start}px)` }}
            >
              <Row event={event} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

function Row({ event }: { event: ReplayedEvent }) {
  const format = useFormat();
  const code = useCodes();
  return (
    <>
      <Words fw={500}>{event.words ?? event.event}</Words>
      <Text size="xs" c="dimmed">
        {format.number(event.position)} ·{" "}
        <time dateTime={event.recorded_at}>{format.exact(event.recorded_at)}</time>
        {event.actor_role !== null && ` · ${code("role", event.actor_role)}`}
        {" · "}
        <bdi>{event.stream}</bdi>
      </Text>
    </>
  );
}
