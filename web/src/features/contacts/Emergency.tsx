import { Button, Group, Paper, Stack, Text, ThemeIcon, Title } from "@mantine/core";
import { IconEmergencyBed, IconPhone } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import classes from "~/features/contacts/Contacts.module.css";
import { telephone } from "~/features/contacts/telephone";

/** Reaches help in all of Europe and, from mobile telephones, nearly everywhere. */
const GENERAL = "112";

/** What to do when it can not wait: first of all, calmly, and a tap away. */
export function Emergency({ phone }: { phone: string | null }) {
  const { t } = useTranslation("contacts");
  return (
    <Paper component="section" p="lg" className={classes.emergency} aria-labelledby="emergency">
      <Group align="flex-start" wrap="nowrap" gap="md">
        <ThemeIcon size={48} radius="xl" color="red" visibleFrom="xs">
          <IconEmergencyBed size={28} aria-hidden />
        </ThemeIcon>
        <Stack gap="sm" flex={1} miw={0}>
          <Title order={2} size="h3" id="emergency">
            {t("emergency_title")}
          </Title>
          <Text>
            {t("emergency_danger")} {t("emergency_not_here")}
          </Text>
          <Group gap="sm">
            <Call number={GENERAL} label={t("call_general", { number: GENERAL })} filled />
            {phone !== null && (
              <Call number={phone} label={t("call_hospital", { number: phone })} />
            )}
          </Group>
          <Text size="sm" c="dimmed">
            {t("emergency_elsewhere")}
          </Text>
        </Stack>
      </Group>
    </Paper>
  );
}

function Call({ number, label, filled }: { number: string; label: string; filled?: boolean }) {
  return (
    <Button
      component="a"
      href={telephone(number)}
      color="red"
      variant={filled === true ? "filled" : "white"}
      size="md"
      h="auto"
      py="xs"
      leftSection={<IconPhone size={20} aria-hidden />}
      classNames={{ label: classes.wrap }}
    >
      {label}
    </Button>
  );
}
