import { Button, Center, Text } from "@mantine/core";
import { useParams, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
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
        <Past
          key={`${kind} ${id}`}
          kind={kind}
          id={id}
          lines={steps.lines}
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
