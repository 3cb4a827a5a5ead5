import { Card, Group, Stack, Text, Title } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useDoctorNames } from "~/features/contacts/queries";
import { ConsultationRow } from "~/features/record/ConsultationRow";
import { consultationsQuery } from "~/features/record/queries";
import { Fetched } from "~/ui/Fetched";
import { AnchorLink } from "~/ui/links";

const SHOWN = 3;

/** What was written last. */
export function RecentConsultations() {
  const { t } = useTranslation("record");
  const query = useInfiniteQuery(consultationsQuery);
  const { ready, nameOf } = useDoctorNames();
  return (
    <Card component="section" withBorder padding="lg" aria-labelledby="recent">
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={2} size="h4" id="recent">
            {t("recent_title")}
          </Title>
          <AnchorLink to="/record" size="sm" underline="always">
            {t("all")}
          </AnchorLink>
        </Group>
        <Fetched query={{ ...query, data: ready ? query.data : undefined }} rows={2}>
          {({ pages }) => {
            const recent = pages.flatMap((page) => page.consultations).slice(0, SHOWN);
            if (recent.length === 0) return <Text c="dimmed">{t("empty_words")}</Text>;
            return recent.map((one) => (
              <ConsultationRow
                key={one.consultation_id}
                consultation={one}
                doctor={nameOf(one.doctor_id)}
              />
            ));
          }}
        </Fetched>
      </Stack>
    </Card>
  );
}
