import { Card, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { AskForCorrection } from "~/features/record/AskForCorrection";
import { CorrectionEntry } from "~/features/record/CorrectionEntry";
import { correctionsQuery } from "~/features/record/queries";
import { Fetched } from "~/ui/Fetched";

/** What the patient asked to have corrected, what became of it, and the way to ask. */
export function Corrections({ consultationId }: { consultationId: string }) {
  const { t } = useTranslation("record");
  const query = useQuery(correctionsQuery(consultationId));
  return (
    <Card component="section" withBorder padding="lg" aria-labelledby="corrections">
      <Stack gap="md">
        <div>
          <Title order={2} size="h4" id="corrections">
            {t("corrections")}
          </Title>
          <Text size="sm" c="dimmed">
            {t("corrections_words")}
          </Text>
        </div>
        <Fetched query={query} rows={1}>
          {(corrections) =>
            corrections.map((correction) => (
              <CorrectionEntry key={correction.number} correction={correction} />
            ))
          }
        </Fetched>
        <AskForCorrection consultationId={consultationId} />
      </Stack>
    </Card>
  );
}
