import { Group, Stack, Text } from "@mantine/core";
import { IconChevronRight } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { ConsultationSummary } from "~/api/schema";
import { calendarDay } from "~/i18n/calendarDay";
import { useFormat } from "~/i18n/useFormat";
import { RowLink } from "~/ui/links";
import { PersonAvatar } from "~/ui/PersonAvatar";
import rows from "~/ui/Rows.module.css";

interface Props {
  consultation: ConsultationSummary;
  doctor: string;
}

/** A consultation in a list: who wrote it, when, and when it is looked at again. */
export function ConsultationRow({ consultation, doctor }: Props) {
  const { t } = useTranslation("record");
  const format = useFormat();
  const { consultation_id, signed_at, opened_at, review_on } = consultation;
  return (
    <RowLink
      to="/consultations/$consultationId"
      params={{ consultationId: consultation_id }}
      p="sm"
    >
      <Group wrap="nowrap" gap="md">
        <PersonAvatar name={doctor} size={44} />
        <Stack gap={2} flex={1} miw={0}>
          <Text fw={600} className={rows.name}>
            {doctor}
          </Text>
          <Text size="sm" c="dimmed">
            {t("signed_on", { day: format.date(signed_at ?? opened_at) })}
            {review_on !== null &&
              ` · ${t("review_short", { day: format.date(calendarDay(review_on)) })}`}
          </Text>
        </Stack>
        <IconChevronRight size={20} aria-hidden className={rows.onward} />
      </Group>
    </RowLink>
  );
}
