import { Accordion, Button, Paper, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Consultation, ConsultationVersion } from "~/api/schema";
import { useFormat } from "~/i18n/useFormat";
import { ErrorNotice } from "~/ui/ErrorNotice";
import { ConsultationBody } from "./ConsultationBody";
import classes from "./Consulting.module.css";
import { contentOf } from "./content";
import { useVersions } from "./queries";

/** The original and every amendment, each as it stood then. */
export function Versions({ consultation }: { consultation: Consultation }) {
  const { t } = useTranslation("consulting");
  const query = useVersions(consultation.consultation_id);
  const versions = query.data?.pages.flatMap((page) => page.versions) ?? [];
  return (
    <Paper withBorder p="md" component="section" aria-label={t("versions")}>
      <Stack gap="sm">
        <Title order={2} size="h5">
          {t("versions")}
        </Title>
        {query.isError && <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />}
        {query.isPending && <Skeleton h={40} />}
        <Accordion variant="separated" order={3}>
          {versions.map((version, index) => (
            <One key={version.version} version={version} original={index === 0} />
          ))}
        </Accordion>
        {query.hasNextPage && (
          <Button variant="subtle" onClick={() => void query.fetchNextPage()}>
            {t("load_more")}
          </Button>
        )}
      </Stack>
    </Paper>
  );
}

function One({ version, original }: { version: ConsultationVersion; original: boolean }) {
  const { t } = useTranslation("consulting");
  const format = useFormat();
  return (
    <Accordion.Item value={String(version.version)}>
      <Accordion.Control>
        <Text size="sm" fw={600}>
          {t(original ? "original" : "amendment")}
        </Text>
        <Text size="xs" c="dimmed">
          {format.dateTime(version.written_at)}
        </Text>
      </Accordion.Control>
      <Accordion.Panel>
        <Stack gap="sm">
          {!original && (
            <Text size="sm" className={classes.words} dir="auto">
              {t("because", { reason: version.reason ?? t("erased") })}
            </Text>
          )}
          <ConsultationBody content={contentOf(version)} order={4} />
        </Stack>
      </Accordion.Panel>
    </Accordion.Item>
  );
}
