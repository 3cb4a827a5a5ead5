import { Badge, Skeleton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Card } from "~/features/home/admin/Card";
import { useSystemHealth } from "~/features/system/queries";
import { behindOf } from "~/features/system/samples";
import { stateOf } from "~/features/system/state";
import { ErrorNotice } from "~/ui/ErrorNotice";
import { AnchorLink } from "~/ui/links";

const EVERY_MS = 30_000;
const COLOURS = { good: "green", behind: "yellow", stopped: "red" } as const;

/** Whether the server is well, in a few words. */
export function Health() {
  const { t } = useTranslation("people");
  const health = useSystemHealth(EVERY_MS);
  if (health.isPending) return <Skeleton height={150} radius="lg" />;
  if (health.isError && health.data === undefined) {
    return <ErrorNotice error={health.error} onRetry={() => void health.refetch()} />;
  }
  const state = stateOf(health.data);
  const stopped = health.data.readers.filter((reader) => reader.stopped !== null).length;
  const words = {
    good: t("home_health_good"),
    behind: t("home_health_behind", { count: behindOf(health.data) }),
    stopped: t("home_health_stopped", { count: stopped }),
  };
  return (
    <Card
      title={t("home_health")}
      more={<AnchorLink to="/system">{t("home_to_system")}</AnchorLink>}
    >
      <Badge
        color={COLOURS[state]}
        variant="light"
        size="lg"
        tt="none"
        style={{ maxWidth: "100%" }}
      >
        {words[state]}
      </Badge>
    </Card>
  );
}
