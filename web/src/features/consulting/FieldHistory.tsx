import { Button, Drawer, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Consultation } from "~/api/schema";
import { ErrorNotice } from "~/ui/ErrorNotice";
import { PARTS } from "./content";
import { FieldStep } from "./FieldStep";
import { stepsOf } from "./fieldSteps";
import { useFieldChanges } from "./queries";

interface Props {
  consultation: Consultation;
  opened: boolean;
  onClose: () => void;
}

/** Field by field: who wrote what, when, and what stood there before. */
export function FieldHistory({ consultation, opened, onClose }: Props) {
  const { t } = useTranslation("consulting");
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      position="right"
      size="lg"
      title={t("history_title")}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      {opened && <History consultationId={consultation.consultation_id} />}
    </Drawer>
  );
}

function History({ consultationId }: { consultationId: string }) {
  const { t } = useTranslation("consulting");
  const query = useFieldChanges(consultationId, true);
  if (query.isError) {
    return <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />;
  }
  if (query.data === undefined) return <Skeleton h={120} />;
  const fields = stepsOf(query.data.pages.flatMap((page) => page.changes));
  const written = PARTS.filter((part) => fields.has(part));
  return (
    <Stack gap="lg">
      {written.length === 0 && <Text c="dimmed">{t("history_empty")}</Text>}
      {written.map((part) => (
        <section key={part} aria-label={t(part)}>
          <Title order={3} size="h5" mb="xs">
            {t(part)}
          </Title>
          <Stack gap="sm">
            {fields.get(part)?.map((step) => (
              <FieldStep key={step.position} step={step} />
            ))}
          </Stack>
        </section>
      ))}
      {query.hasNextPage && (
        <Button variant="light" onClick={() => void query.fetchNextPage()}>
          {t("load_more")}
        </Button>
      )}
    </Stack>
  );
}
