import { Button, Card, Stack, Text, Title } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ConsultationSummary } from "~/api/schema";
import { CorrectionEntry } from "~/features/record/CorrectionEntry";
import { consultationsQuery, correctionsQuery } from "~/features/record/queries";
import { useFormat } from "~/i18n/useFormat";
import { Fetched } from "~/ui/Fetched";
import { LoadMore } from "~/ui/LoadMore";
import { AnchorLink } from "~/ui/links";

/** What the patient asked to have corrected. It is looked for when they want to see it. */
export function CorrectionRequests() {
  const { t } = useTranslation("privacy");
  const [shown, setShown] = useState(false);
  return (
    <Card component="section" withBorder padding="lg" aria-labelledby="requests">
      <Stack gap="md" align="flex-start">
        <div>
          <Title order={2} size="h4" id="requests">
            {t("requests_title")}
          </Title>
          <Text size="sm" c="dimmed">
            {t("requests_words")}
          </Text>
        </div>
        {shown ? (
          <Requests />
        ) : (
          <Button variant="default" onClick={() => setShown(true)}>
            {t("requests_show")}
          </Button>
        )}
      </Stack>
    </Card>
  );
}

function Requests() {
  const { t } = useTranslation("privacy");
  const query = useInfiniteQuery(consultationsQuery);
  return (
    <Stack gap="md" w="100%">
      <Fetched query={query} rows={2}>
        {({ pages }) => {
          const all = pages.flatMap(({ consultations }) => consultations);
          if (all.length === 0) return <Text c="dimmed">{t("requests_no_record")}</Text>;
          return all.map((one) => <OfConsultation key={one.consultation_id} consultation={one} />);
        }}
      </Fetched>
      <LoadMore query={query} />
    </Stack>
  );
}

function OfConsultation({ consultation }: { consultation: ConsultationSummary }) {
  const { t } = useTranslation("privacy");
  const format = useFormat();
  const { consultation_id, signed_at, opened_at } = consultation;
  const query = useQuery(correctionsQuery(consultation_id));
  return (
    <Stack gap="xs">
      <AnchorLink
        to="/consultations/$consultationId"
        params={{ consultationId: consultation_id }}
        underline="always"
        fw={600}
        size="sm"
      >
        {t("requests_of", { day: format.date(signed_at ?? opened_at) })}
      </AnchorLink>
      <Fetched query={query} rows={1} rowHeight={24}>
        {(corrections) =>
          corrections.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t("requests_none")}
            </Text>
          ) : (
            corrections.map((one) => <CorrectionEntry key={one.number} correction={one} />)
          )
        }
      </Fetched>
    </Stack>
  );
}
