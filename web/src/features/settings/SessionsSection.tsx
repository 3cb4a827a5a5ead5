import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconLogout } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useLogOutEverywhere } from "~/features/settings/queries";
import { Section } from "~/features/settings/Section";
import { WriteError } from "~/ui/WriteError";

/** For whoever has lost a device, or is not sure where they are still logged in. */
export function SessionsSection() {
  const { t } = useTranslation(["settings", "app"]);
  const [asking, ask] = useDisclosure(false);
  const leave = useLogOutEverywhere();
  return (
    <Section title={t("sessions")} lead={t("sessions_lead")}>
      <Button
        variant="light"
        color="red"
        leftSection={<IconLogout size={18} aria-hidden />}
        onClick={ask.open}
        style={{ alignSelf: "flex-start" }}
      >
        {t("leave_everywhere")}
      </Button>
      <Modal
        opened={asking}
        onClose={ask.close}
        title={t("leave_title")}
        centered
        withCloseButton={false}
      >
        <Stack>
          <Text>{t("leave_words")}</Text>
          <WriteError error={leave.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={ask.close} data-autofocus>
              {t("app:cancel")}
            </Button>
            <Button color="red" loading={leave.isPending} onClick={() => leave.mutate()}>
              {t("leave_everywhere")}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </Section>
  );
}
