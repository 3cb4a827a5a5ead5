import { Card, Group, Stack, Text, ThemeIcon, Title } from "@mantine/core";
import type { Icon } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Medicine } from "~/api/schema";
import { doseWords } from "~/features/medicines/doseWords";
import { calendarDay } from "~/i18n/calendarDay";
import { useFormat } from "~/i18n/useFormat";
import { AnchorLink } from "~/ui/links";
import rows from "~/ui/Rows.module.css";

/** A medicine: how it is taken, since when and until when, and who prescribed it. */
export function MedicineCard({ medicine, icon: Picture }: { medicine: Medicine; icon: Icon }) {
  const { t } = useTranslation("medicines");
  const format = useFormat();
  const { drug, instructions, prescribed_on, ends_on, doctor_name, consultation_id } = medicine;
  const day = (date: string) => format.date(calendarDay(date));
  const since = prescribed_on === null ? null : t("since", { day: day(prescribed_on) });
  const last = ends_on === null ? t("no_end") : t("until", { day: day(ends_on) });
  return (
    <Card withBorder padding="md">
      <Group wrap="nowrap" align="flex-start" gap="md">
        <ThemeIcon size={44} radius="xl" variant="light">
          <Picture size={24} aria-hidden />
        </ThemeIcon>
        <Stack gap={4} flex={1} miw={0}>
          <Title order={3} size="h5" className={rows.name}>
            <bdi>{drug ?? t("erased")}</bdi>
          </Title>
          <Text fw={500} className={rows.name}>
            <bdi>{doseWords(medicine)}</bdi>
          </Text>
          {instructions !== null && (
            <Text className={rows.words}>
              <bdi>{instructions}</bdi>
            </Text>
          )}
          <Text size="sm" c="dimmed">
            {[since, last].filter(Boolean).join(" · ")}
          </Text>
          <Text size="sm" c="dimmed" className={rows.name}>
            {t("by", { name: doctor_name || t("by_nobody") })} ·{" "}
            <AnchorLink
              to="/consultations/$consultationId"
              params={{ consultationId: consultation_id }}
              underline="always"
              size="sm"
            >
              {t("consultation")}
            </AnchorLink>
          </Text>
        </Stack>
      </Group>
    </Card>
  );
}
