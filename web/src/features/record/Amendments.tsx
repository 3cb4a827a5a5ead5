import { Accordion, Card, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { AmendmentBody } from "~/features/record/AmendmentBody";
import { versionsQuery } from "~/features/record/queries";
import { useFormat } from "~/i18n/useFormat";
import { ErrorNotice } from "~/ui/ErrorNotice";
import rows from "~/ui/Rows.module.css";

/** What was changed after the doctor had signed, why, and what stood there before. */
export function Amendments({ consultationId }: { consultationId: string }) {
  const { t } = useTranslation("record");
  const format = useFormat();
  const query = useQuery(versionsQuery(consultationId));
  if (query.data === undefined && query.error !== null)
    return <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />;
  const versions = query.data ?? [];
  if (versions.length < 2) return null;
  const amendments = versions.slice(1).map((after, index) => ({ after, before: versions[index] }));
  return (
    <Card component="section" withBorder padding="lg" aria-labelledby="amendments">
      <Stack gap="md">
        <div>
          <Title order={2} size="h4" id="amendments">
            {t("amendments")}
          </Title>
          <Text size="sm" c="dimmed">
            {t("amendments_words")}
          </Text>
        </div>
        <Accordion variant="contained" multiple order={3}>
          {amendments.map(({ after, before }) => (
            <Accordion.Item key={after.version} value={String(after.version)}>
              <Accordion.Control>
                <Text fw={600}>{format.dateTime(after.written_at)}</Text>
                {after.reason !== null && (
                  <Text size="sm" c="dimmed" className={rows.name}>
                    {t("because", { reason: after.reason })}
                  </Text>
                )}
              </Accordion.Control>
              <Accordion.Panel>
                {before !== undefined && <AmendmentBody before={before} after={after} />}
              </Accordion.Panel>
            </Accordion.Item>
          ))}
        </Accordion>
      </Stack>
    </Card>
  );
}
