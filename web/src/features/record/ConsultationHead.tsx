import { Alert, Card, Group, Stack, Text, Title } from "@mantine/core";
import { IconCalendarRepeat } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Consultation } from "~/api/schema";
import { useDoctorNames } from "~/features/contacts/queries";
import { calendarDay } from "~/i18n/calendarDay";
import { useFormat } from "~/i18n/useFormat";
import { AnchorLink } from "~/ui/links";
import { PersonAvatar } from "~/ui/PersonAvatar";
import rows from "~/ui/Rows.module.css";

/** Who wrote it and when, which appointment it belongs to, and when it is looked at again. */
export function ConsultationHead({ consultation }: { consultation: Consultation }) {
  const { t } = useTranslation("record");
  const format = useFormat();
  const { ready, nameOf } = useDoctorNames();
  const { doctor_id, signed_at, appointment_id, review_on } = consultation;
  const doctor = ready ? nameOf(doctor_id) : "";
  return (
    <Card withBorder padding="lg">
      <Stack gap="md">
        <Group wrap="nowrap" gap="md" align="flex-start">
          <PersonAvatar name={doctor} size={48} />
          <Stack gap={2} miw={0}>
            <Text fw={650} size="lg" className={rows.name}>
              {doctor}
            </Text>
            {signed_at !== null && (
              <Text size="sm" c="dimmed">
                {t("signed_on", { day: format.dateTime(signed_at) })}
              </Text>
            )}
            <AnchorLink
              to="/appointments/$appointmentId"
              params={{ appointmentId: appointment_id }}
              size="sm"
              underline="always"
            >
              {t("its_appointment")}
            </AnchorLink>
          </Stack>
        </Group>
        {review_on !== null && (
          <Alert icon={<IconCalendarRepeat aria-hidden />} color="calm" variant="light">
            <Title order={2} size="sm" fw={600}>
              {t("review", { day: format.day(calendarDay(review_on)) })}
            </Title>
            <Text size="sm">{t("review_words")}</Text>
          </Alert>
        )}
      </Stack>
    </Card>
  );
}
