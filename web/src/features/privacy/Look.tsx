import { Badge, Group, Paper, Stack, Text } from "@mantine/core";
import { IconEyeExclamation } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Looked } from "~/features/privacy/byDay";
import classes from "~/features/privacy/Privacy.module.css";
import { useLookWords } from "~/features/privacy/useLookWords";
import { timeSpan } from "~/i18n/spans";
import { useFormat } from "~/i18n/useFormat";
import { PersonAvatar } from "~/ui/PersonAvatar";
import rows from "~/ui/Rows.module.css";

/** One look: who, in which role, when, at what, and why they could. Exceptions stand out. */
export function Look({ look, times, since }: Looked) {
  const { t, i18n } = useTranslation("privacy");
  const format = useFormat();
  const words = useLookWords();
  const { at, who, role, reason } = look;
  const exceptional = reason.kind === "grant";
  const name = reason.kind === "own" ? t("you") : who.name || t("unnamed");
  return (
    <Paper withBorder p="sm" className={exceptional ? classes.exceptional : undefined}>
      <Group wrap="nowrap" align="flex-start" gap="md">
        <PersonAvatar name={who.name} />
        <Stack gap={2} flex={1} miw={0}>
          <Group gap="xs" justify="space-between">
            <Text fw={600} className={rows.name}>
              {name}{" "}
              <Text span c="dimmed" size="sm" fw={400} inherit={false}>
                {t(`role_${role}`)}
              </Text>
            </Text>
            <Text size="sm" c="dimmed">
              {times === 1
                ? format.time(at)
                : t("times", { count: times, span: timeSpan(i18n.language, since, at) })}
            </Text>
          </Group>
          <Text className={rows.name}>{words(look)}</Text>
          {exceptional ? (
            <>
              <Badge
                color="orange"
                variant="light"
                c="var(--mantine-color-text)"
                tt="none"
                size="lg"
                leftSection={<IconEyeExclamation size={14} aria-hidden />}
              >
                {t("reason_grant")}
              </Badge>
              <Text size="sm" className={rows.words}>
                {reason.text === null
                  ? t("reason_erased")
                  : t("reason_text", { text: reason.text })}
              </Text>
            </>
          ) : (
            <Text size="sm" c="dimmed">
              {t(`reason_${reason.kind}`)}
            </Text>
          )}
        </Stack>
      </Group>
    </Paper>
  );
}
