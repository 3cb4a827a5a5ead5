import { Alert, Text } from "@mantine/core";
import { IconMessages } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { LiveFollower } from "~/api/schema";
import { useFormat } from "~/i18n/useFormat";
import alert from "~/ui/Alert.module.css";

/** Doctors who get messages as they are written; what they get so is no look of its own. */
export function LiveFollowers({ followers }: { followers: LiveFollower[] }) {
  const { t } = useTranslation("privacy");
  const format = useFormat();
  if (followers.length === 0) return null;
  return (
    <Alert
      color="calm"
      variant="light"
      icon={<IconMessages aria-hidden />}
      title={t("live_title")}
      classNames={{ title: alert.title }}
    >
      {followers.map(({ who, began_at }) => (
        <Text key={who.account_id} size="sm">
          {t("live_since", { name: who.name || t("unnamed"), when: format.dateTime(began_at) })}
        </Text>
      ))}
    </Alert>
  );
}
