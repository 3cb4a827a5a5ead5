import { ActionIcon, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { WorkingException, WorkingHours } from "~/api/schema";
import { useFormat } from "~/i18n/useFormat";
import { toast } from "~/ui/toast";
import { useWriteErrorWords } from "~/ui/useErrorWords";
import { dayToday, startOf } from "./days";
import { ExceptionForm } from "./ExceptionForm";
import { useClearException } from "./queries";

/** Days that are otherwise than their weekday: holidays, a late clinic. */
export function Exceptions({ hours }: { hours: WorkingHours }) {
  const { t } = useTranslation("schedule");
  const coming = hours.exceptions.filter(({ date }) => date >= dayToday());
  return (
    <Paper withBorder p={{ base: "md", sm: "lg" }} component="section" aria-label={t("exceptions")}>
      <Stack gap="md">
        <div>
          <Title order={2} size="h4">
            {t("exceptions")}
          </Title>
          <Text size="sm" c="dimmed">
            {t("exceptions_hint")}
          </Text>
        </div>
        {coming.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t("exceptions_none")}
          </Text>
        ) : (
          <Stack component="ul" gap="xs" m={0} p={0} style={{ listStyle: "none" }}>
            {coming.map((exception) => (
              <One key={exception.date} exception={exception} />
            ))}
          </Stack>
        )}
        {hours.hours_set ? (
          <ExceptionForm hours={hours} />
        ) : (
          <Text size="sm">{t("error_doctor_hours_not_set")}</Text>
        )}
      </Stack>
    </Paper>
  );
}

function One({ exception }: { exception: WorkingException }) {
  const { t } = useTranslation("schedule");
  const format = useFormat();
  const words = useWriteErrorWords("schedule");
  const clear = useClearException();
  const day = format.day(startOf(exception.date));
  const hours = exception.spans.map(({ from, to }) => `${from} – ${to}`).join(", ");
  const remove = () =>
    clear.mutate(exception.date, {
      onError: (error) => toast(words(error), true),
    });
  return (
    <Group component="li" justify="space-between" wrap="nowrap">
      <div>
        <Text size="sm" fw={600}>
          {day}
        </Text>
        <Text size="sm" c="dimmed">
          {exception.spans.length === 0 ? t("day_off") : hours}
        </Text>
      </div>
      <ActionIcon
        variant="subtle"
        color="red"
        size={32}
        aria-label={t("exception_remove", { day })}
        loading={clear.isPending}
        onClick={remove}
      >
        <IconTrash size={16} aria-hidden />
      </ActionIcon>
    </Group>
  );
}
