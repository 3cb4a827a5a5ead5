import { Button, Center, Switch, Text } from "@mantine/core";
import { useParams, useSearch } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { TrailLine } from "~/api/schema";
import { OwnOpenGrants } from "~/features/break_glass/OwnOpenGrants";
import { ErrorNotice } from "~/ui/ErrorNotice";
import { Page } from "~/ui/Page";
import lineClasses from "../Lines.module.css";
import { Placeholders } from "../ListParts";
import { RecordLinks } from "../RecordLinks";
import { useCodes } from "../useCodes";
import { Past } from "./Past";
import { useSteps } from "./useSteps";

/** A record as it was after each of its events: drag through its life and watch it change. */
export function AsOfPage() {
  const { t } = useTranslation("audit");
  const code = useCodes();
  const { kind, id } = useParams({ from: "/app/as-of/$kind/$id" });
  const { position } = useSearch({ from: "/app/as-of/$kind/$id" });
  const steps = useSteps(kind, id, position);
  const [looks, setLooks] = useState(false);
  const lines = useMemo(() => steps.lines.filter(stepOf(looks)), [steps.lines, looks]);
  return (
    <Page
      title={t("as_of_title", { kind: code("kind", kind) })}
      lead={t("as_of_lead")}
      size="xl"
      actions={<RecordLinks kind={kind} id={id} only="timeline" />}
    >
      <Text className={lineClasses.id} c="dimmed">
        {id}
      </Text>
      <OwnOpenGrants />
      {steps.error !== null && <ErrorNotice error={steps.error} onRetry={steps.retry} />}
      {!steps.settled && steps.error === null && <Placeholders />}
      {steps.settled && (
        <Switch
          label={t("steps_of_looks")}
          checked={looks}
          onChange={({ currentTarget }) => setLooks(currentTarget.checked)}
        />
      )}
      {steps.settled && (
        <Past
          key={`${kind} ${id} ${looks}`}
          kind={kind}
          id={id}
          lines={lines}
          {...(position === undefined ? {} : { start: position })}
        />
      )}
      {steps.settled && steps.more && (
        <Center>
          <Button variant="default" onClick={steps.loadMore}>
            {t("more_steps")}
          </Button>
        </Center>
      )}
      <Text size="xs" c="dimmed">
        {t("looks_are_recorded")}
      </Text>
    </Page>
  );
}

/** Looks at the trail, this page's own among them, change nothing: they are steps if asked for. */
function stepOf(looks: boolean): (line: TrailLine) => boolean {
  return ({ action }) => looks || action !== "trail_read";
}
