import { Button, Card, Group, Stack, Text, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconCalendarHeart, IconCalendarPlus, IconMessageCircle } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Appointment } from "~/api/schema";
import { CancelDialog } from "~/features/appointments/CancelDialog";
import { belongs } from "~/features/appointments/lists";
import classes from "~/features/appointments/NextAppointment.module.css";
import { appointmentQuery, appointmentsQuery } from "~/features/appointments/queries";
import { useOther } from "~/features/appointments/useOther";
import { WhenWords } from "~/features/appointments/WhenWords";
import { EmptyState } from "~/ui/EmptyState";
import { Fetched } from "~/ui/Fetched";
import { AnchorLink, ButtonLink } from "~/ui/links";
import { PersonAvatar } from "~/ui/PersonAvatar";
import rows from "~/ui/Rows.module.css";
import { useNow } from "~/ui/useNow";

/** What a patient comes to see first: when they are expected, and by whom. */
export function NextAppointment() {
  const { t } = useTranslation("appointments");
  const query = useInfiniteQuery(appointmentsQuery("upcoming"));
  const now = useNow();
  return (
    <Card
      component="section"
      p={{ base: "lg", sm: "xl" }}
      className={classes.card}
      aria-labelledby="next"
    >
      <Stack gap="md">
        <Group justify="space-between">
          <Title order={2} size="h4" id="next">
            {t("next_title")}
          </Title>
          <AnchorLink to="/appointments" size="sm" underline="always">
            {t("all")}
          </AnchorLink>
        </Group>
        <Fetched query={query} rows={1} rowHeight={150}>
          {({ pages }) => {
            const all = pages.flatMap(({ appointments }) => appointments);
            const next = all.find((appointment) => belongs("upcoming", appointment, now));
            return next === undefined ? <None /> : <Next appointment={next} />;
          }}
        </Fetched>
      </Stack>
    </Card>
  );
}

function None() {
  const { t } = useTranslation("appointments");
  return (
    <EmptyState icon={IconCalendarHeart} title={t("next_none")}>
      <Stack gap="md" align="center">
        {t("next_none_words")}
        <ButtonLink
          to="/appointments/book"
          leftSection={<IconCalendarPlus size={18} aria-hidden />}
        >
          {t("book")}
        </ButtonLink>
      </Stack>
    </EmptyState>
  );
}

function Next({ appointment }: { appointment: Appointment }) {
  const { t } = useTranslation("appointments");
  const { appointment_id, room_id, starts_at } = appointment;
  const other = useOther(appointment);
  const begun = new Date(starts_at) <= useNow();
  const [cancelling, cancel] = useDisclosure(false);
  const name = other.name || (other.name === null ? "" : t("somebody"));
  return (
    <Stack gap="lg">
      <Group wrap="nowrap" align="flex-start" gap="md">
        <PersonAvatar name={name} size={56} />
        <Stack gap={2} flex={1} miw={0}>
          <Text size="xl" fw={650} className={rows.name}>
            {name}
          </Text>
          <WhenWords appointment={appointment} />
        </Stack>
      </Group>
      <Group gap="sm">
        <ButtonLink
          to="/messages/$roomId"
          params={{ roomId: room_id }}
          leftSection={<IconMessageCircle size={18} aria-hidden />}
        >
          {t("write")}
        </ButtonLink>
        {!begun && (
          <>
            <ButtonLink
              to="/appointments/$appointmentId/reschedule"
              params={{ appointmentId: appointment_id }}
              variant="default"
            >
              {t("reschedule")}
            </ButtonLink>
            <Button variant="default" onClick={cancel.open}>
              {t("cancel")}
            </Button>
          </>
        )}
        <ButtonLink
          to="/appointments/$appointmentId"
          params={{ appointmentId: appointment_id }}
          variant="subtle"
        >
          {t("details")}
        </ButtonLink>
      </Group>
      {cancelling && (
        <CancelById appointmentId={appointment_id} other={other} onClose={cancel.close} />
      )}
    </Stack>
  );
}

/** The list has no history, which the dialog shows if something happens meanwhile. */
function CancelById(props: {
  appointmentId: string;
  other: { id: string; name: string | null };
  onClose: () => void;
}) {
  const { data } = useQuery(appointmentQuery(props.appointmentId));
  if (data === undefined) return null;
  return <CancelDialog current={data} other={props.other} onClose={props.onClose} />;
}
