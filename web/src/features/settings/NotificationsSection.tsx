import { Button, Text } from "@mantine/core";
import { IconBell, IconBellOff } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Section } from "~/features/settings/Section";
import { askForNotifications, notificationsState, turnOffNotifications } from "~/live/notify";

/** Whether the browser tells of news while another window is in front: only if one says so. */
export function NotificationsSection() {
  const { t } = useTranslation("settings");
  const [state, setState] = useState(notificationsState);
  const ask = () => void askForNotifications().then(setState);
  return (
    <Section title={t("notifications")} lead={t("notifications_lead")}>
      <Text role="status">{t(`notifications_${state}`)}</Text>
      {state === "off" && (
        <Button
          variant="light"
          leftSection={<IconBell size={18} aria-hidden />}
          onClick={ask}
          style={{ alignSelf: "flex-start" }}
        >
          {t("notifications_allow")}
        </Button>
      )}
      {state === "on" && (
        <Button
          variant="light"
          leftSection={<IconBellOff size={18} aria-hidden />}
          onClick={() => setState(turnOffNotifications())}
          style={{ alignSelf: "flex-start" }}
        >
          {t("notifications_off_again")}
        </Button>
      )}
    </Section>
  );
}
