import { Card, Group, Stack, Text, ThemeIcon, Title } from "@mantine/core";
import { IconCheck, IconMessageCircle } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Appointment } from "~/api/schema";
import { useOther } from "~/features/appointments/useOther";
import { WhenWords } from "~/features/appointments/WhenWords";
import { ButtonLink } from "~/ui/links";
import rows from "~/ui/Rows.module.css";

/** It is booked: what, and what one can do next. */
export function Booked({ appointment }: { appointment: Appointment }) {
  const { t } = useTranslation("booking");
  const { name } = useOther(appointment);
  const arrived = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The button that had the focus is gone; whoever listens hears what came of it.
    arrived.current?.focus({ preventScroll: true });
    window.scrollTo({ top: 0 });
  }, []);
  return (
    <Card withBorder padding="xl" ref={arrived} tabIndex={-1} role="status">
      <Stack align="center" gap="sm" ta="center">
        <ThemeIcon size={64} radius="xl" color="green" variant="light">
          <IconCheck size={36} aria-hidden />
        </ThemeIcon>
        <Title order={2} size="h3" className={rows.name}>
          {name || t("your_doctor")}
        </Title>
        <WhenWords appointment={appointment} />
        <Text c="dimmed">{t("booked_words")}</Text>
        <Group justify="center" gap="sm" mt="sm">
          <ButtonLink
            to="/appointments/$appointmentId"
            params={{ appointmentId: appointment.appointment_id }}
          >
            {t("to_appointment")}
          </ButtonLink>
          <ButtonLink
            to="/messages/$roomId"
            params={{ roomId: appointment.room_id }}
            variant="default"
            leftSection={<IconMessageCircle size={18} aria-hidden />}
          >
            {t("write")}
          </ButtonLink>
        </Group>
      </Stack>
    </Card>
  );
}
