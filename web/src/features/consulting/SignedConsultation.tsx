import { Badge, Button, Grid, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { IconPencil } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Consultation } from "~/api/schema";
import { useFormat } from "~/i18n/useFormat";
import { AmendForm } from "./AmendForm";
import { ConsultationBody } from "./ConsultationBody";
import { Corrections } from "./Corrections";
import { contentOf } from "./content";
import { useCorrections } from "./queries";
import { useAmendment } from "./useAmendment";
import { Versions } from "./Versions";

/** What was signed, as it stands now; what it was before; and what the patient thinks of it. */
export function SignedConsultation({ consultation }: { consultation: Consultation }) {
  const { t } = useTranslation("consulting");
  const format = useFormat();
  const amendment = useAmendment(consultation);
  const [open, setOpen] = useState(amendment.amending !== null);
  const corrections = useCorrections(consultation.consultation_id);
  const asked = corrections.data?.pages.flatMap((page) => page.corrections) ?? [];
  const begin = (correction: number | null) => {
    amendment.begin(correction);
    setOpen(true);
  };
  if (open && amendment.amending !== null) {
    const { correction } = amendment.amending;
    return (
      <AmendForm
        amendment={amendment}
        correction={asked.find(({ number }) => number === correction)}
        onClose={() => setOpen(false)}
      />
    );
  }
  return (
    <Grid gap="lg">
      <Grid.Col span={{ base: 12, md: 7 }}>
        <Paper withBorder p={{ base: "md", sm: "lg" }} component="section">
          <Stack>
            <Group justify="space-between">
              <Title order={2} size="h4">
                {t("what_stands")}
              </Title>
              <Button
                variant="light"
                leftSection={<IconPencil size={18} aria-hidden />}
                onClick={() => begin(amendment.amending?.correction ?? null)}
              >
                {t(amendment.amending === null ? "amend" : "amend_go_on")}
              </Button>
            </Group>
            <Group gap="xs">
              <Badge color="green" variant="light">
                {t("signed")}
              </Badge>
              <Text size="sm" c="dimmed">
                {t("signed_at", { when: format.dateTime(consultation.signed_at ?? "") })}
              </Text>
            </Group>
            <ConsultationBody content={contentOf(consultation)} />
          </Stack>
        </Paper>
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 5 }}>
        <Stack gap="lg">
          <Corrections
            consultationId={consultation.consultation_id}
            query={corrections}
            onAccept={begin}
          />
          <Versions consultation={consultation} />
        </Stack>
      </Grid.Col>
    </Grid>
  );
}
