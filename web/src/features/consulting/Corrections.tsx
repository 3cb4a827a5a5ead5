import { Badge, Button, Group, Paper, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Correction } from "~/api/schema";
import { useFormat } from "~/i18n/useFormat";
import { ErrorNotice } from "~/ui/ErrorNotice";
import classes from "./Consulting.module.css";
import { DeclineDialog } from "./DeclineDialog";
import type { useCorrections } from "./queries";

interface Props {
  consultationId: string;
  query: ReturnType<typeof useCorrections>;
  /** The doctor will amend it, as request no. … asks. */
  onAccept: (number: number) => void;
}

/** What the patient asked to be corrected, with the answers. */
export function Corrections({ consultationId, query, onAccept }: Props) {
  const { t } = useTranslation("consulting");
  const [declining, setDeclining] = useState<Correction | null>(null);
  const all = query.data?.pages.flatMap((page) => page.corrections) ?? [];
  return (
    <Paper withBorder p="md" component="section" aria-label={t("corrections")}>
      <Stack gap="sm">
        <Title order={2} size="h5">
          {t("corrections")}
        </Title>
        {query.isError && <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />}
        {query.isPending && <Skeleton h={40} />}
        {query.isSuccess && all.length === 0 && (
          <Text size="sm" c="dimmed">
            {t("corrections_none")}
          </Text>
        )}
        {all.map((correction) => (
          <One
            key={correction.number}
            correction={correction}
            onAccept={() => onAccept(correction.number)}
            onDecline={() => setDeclining(correction)}
          />
        ))}
        {query.hasNextPage && (
          <Button variant="subtle" onClick={() => void query.fetchNextPage()}>
            {t("load_more")}
          </Button>
        )}
      </Stack>
      {declining !== null && (
        <DeclineDialog
          consultationId={consultationId}
          correction={declining}
          onClose={() => setDeclining(null)}
        />
      )}
    </Paper>
  );
}

interface OneProps {
  correction: Correction;
  onAccept: () => void;
  onDecline: () => void;
}

const COLOURS = { requested: "yellow", accepted: "green", declined: "gray" } as const;

function One({ correction, onAccept, onDecline }: OneProps) {
  const { t } = useTranslation("consulting");
  const format = useFormat();
  return (
    <Paper
      withBorder
      p="sm"
      role="group"
      aria-label={t("correction_number", { number: correction.number })}
    >
      <Stack gap="xs">
        <Group justify="space-between">
          <Badge variant="light" color={COLOURS[correction.status]}>
            {t(`correction_${correction.status}`)}
          </Badge>
          <Text size="xs" c="dimmed">
            {format.dateTime(correction.requested_at)}
          </Text>
        </Group>
        <Text size="sm" className={classes.words} dir="auto">
          {correction.text ?? t("erased")}
        </Text>
        {correction.statement !== null && (
          <blockquote className={classes.quote}>
            <Text size="xs" c="dimmed">
              {t("your_statement")}
            </Text>
            <Text size="sm" className={classes.words} dir="auto">
              {correction.statement}
            </Text>
          </blockquote>
        )}
        {correction.status === "requested" && (
          <Group gap="xs">
            <Button size="xs" onClick={onAccept}>
              {t("accept")}
            </Button>
            <Button size="xs" variant="default" onClick={onDecline}>
              {t("decline")}
            </Button>
          </Group>
        )}
      </Stack>
    </Paper>
  );
}
