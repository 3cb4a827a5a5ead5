import { SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { meQuery } from "~/api/me";
import type { Availability } from "~/api/schema";
import { toast } from "~/ui/toast";
import { useWriteErrorWords } from "~/ui/useErrorWords";
import { useSetAvailability } from "./queries";

const ALL: Availability[] = ["available", "busy", "off_duty"];
/** Dark enough for white words at 7 : 1, which high contrast asks for. */
const COLOURS = { available: "#1e622b", busy: "#9a3206", off_duty: "#495057" } as const;

/** Whether patients can reach the doctor at the moment, as the directory says it. */
export function AvailabilitySwitch() {
  const { t } = useTranslation("today");
  const words = useWriteErrorWords("today");
  const me = useQuery(meQuery);
  const set = useSetAvailability();
  const shown = (set.isPending ? set.variables : me.data?.availability) ?? null;
  if (shown === null) return null;
  const choose = (value: string) =>
    set.mutate(value as Availability, {
      onError: (error) => toast(words(error), true),
    });
  return (
    <SegmentedControl
      aria-label={t("availability")}
      color={COLOURS[shown]}
      value={shown}
      onChange={choose}
      data={ALL.map((value) => ({ value, label: t(value) }))}
    />
  );
}
