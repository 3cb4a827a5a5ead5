import { Alert, Text } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck, IconClock } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { SystemHealth } from "~/api/schema";
import { Charts } from "~/features/system/Charts";
import { useSystemHealth } from "~/features/system/queries";
import { Readers } from "~/features/system/Readers";
import { behindOf } from "~/features/system/samples";
import { type SystemState, stateOf, uptimeParts } from "~/features/system/state";
import classes from "~/features/system/system.module.css";
import { useFormat } from "~/i18n/useFormat";
import { ErrorNotice } from "~/ui/ErrorNotice";
import { Fetched } from "~/ui/Fetched";
import { Page } from "~/ui/Page";

/** How the server is doing. What is shown stays where asking fails, with the time it is from. */
export function SystemPage() {
  const { t } = useTranslation("system");
  const health = useSystemHealth();
  return (
    <Page title={t("title")} lead={t("lead")}>
      {health.isRefetchError && (
        <ErrorNotice error={health.error} onRetry={() => void health.refetch()} />
      )}
      <Fetched query={health} rows={1} rowHeight={420}>
        {(now) => <Health health={now} />}
      </Fetched>
    </Page>
  );
}

const ICONS = { good: IconCircleCheck, behind: IconClock, stopped: IconAlertTriangle };
const COLOURS: Record<SystemState, string> = { good: "green", behind: "yellow", stopped: "red" };

function Health({ health }: { health: SystemHealth }) {
  const { t } = useTranslation("system");
  const of = (kind: string) => health.readers.filter((reader) => reader.kind === kind);
  return (
    <>
      <Summary health={health} />
      <Figures health={health} />
      <Charts />
      <Readers title={t("read_models")} lead={t("read_models_lead")} readers={of("read_model")} />
      <Readers title={t("reactors")} lead={t("reactors_lead")} readers={of("reactor")} />
    </>
  );
}

/** Its words change only with the state, so that a screen reader is not told of every number. */
function Summary({ health }: { health: SystemHealth }) {
  const { t } = useTranslation("system");
  const state = stateOf(health);
  const Picture = ICONS[state];
  const words =
    state === "behind" ? t("words_behind", { count: behindOf(health) }) : t(`words_${state}`);
  return (
    <Alert
      color={COLOURS[state]}
      title={t(`state_${state}`)}
      icon={<Picture aria-hidden />}
      role="status"
    >
      {words}
    </Alert>
  );
}

function Figures({ health }: { health: SystemHealth }) {
  const { t } = useTranslation("system");
  const { number, time } = useFormat();
  const parts = uptimeParts(health.uptime_seconds);
  const uptime = parts.map(({ unit, count }) => t(`up_${unit}`, { count })).join(" ");
  const figures = [
    [t("log_head"), number(health.log_head), t("measured", { time: time(health.at) })],
    [t("behind_now"), number(behindOf(health)), null],
    [
      t("clients"),
      number(health.clients_connected),
      t("clients_of", { max: number(health.clients_max) }),
    ],
    [
      t("uptime"),
      uptime === "" ? t("up_moment") : uptime,
      t("version", { version: health.version }),
    ],
  ] as const;
  return (
    <dl className={classes.figures}>
      {figures.map(([label, value, note]) => (
        <div key={label} className={classes.figure}>
          <dt>{label}</dt>
          <dd>
            <Text fz={22} fw={650} component="span" display="block">
              {value}
            </Text>
            {note !== null && (
              <Text size="xs" c="dimmed" component="span">
                {note}
              </Text>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
