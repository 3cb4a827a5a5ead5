import { Text } from "@mantine/core";
import { IconCloudOff } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useLineLost } from "~/live/useLineLost";
import classes from "./Chat.module.css";

/** While the line is lost: what still works, and what becomes of what is written. */
export function LineBanner() {
  const { t } = useTranslation("chat");
  const lost = useLineLost();
  return (
    <div role="status">
      {lost && (
        <div className={classes.banner}>
          <IconCloudOff size={18} aria-hidden />
          <Text size="sm">{t("offline_words")}</Text>
        </div>
      )}
    </div>
  );
}
