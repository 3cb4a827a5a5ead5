import { Alert, Text } from "@mantine/core";
import { IconEyeExclamation } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Notice } from "~/api/schema";
import { noticesQuery } from "~/features/privacy/queries";
import { useFormat } from "~/i18n/useFormat";
import alert from "~/ui/Alert.module.css";
import { AnchorLink } from "~/ui/links";
import { useNow } from "~/ui/useNow";

/** No opening lasts longer. When exactly one ends is not told to the patient afterwards. */
const LONGEST_MS = 240 * 60_000;

function mayBeOpen({ kind, at }: Notice, now: Date): boolean {
  return kind === "record_opened" && now.getTime() - Date.parse(at) < LONGEST_MS;
}

/** Says that somebody outside of the treatment can read the record at the moment. */
export function GrantBanner({ withLink = false }: { withLink?: boolean }) {
  const { t } = useTranslation("privacy");
  const format = useFormat();
  const now = useNow();
  const { data } = useQuery(noticesQuery);
  const opened = data?.notices.filter((notice) => mayBeOpen(notice, now)) ?? [];
  return opened.map(({ cursor, from, at }) => (
    <Alert
      key={cursor}
      color="orange"
      icon={<IconEyeExclamation aria-hidden />}
      classNames={{ title: alert.title }}
      title={t("opened_title")}
    >
      <Text size="sm">
        {t("opened_words", { who: from?.name || t("officer"), when: format.dateTime(at) })}
      </Text>
      {withLink && (
        <AnchorLink to="/privacy" size="sm" underline="always">
          {t("who_looked")}
        </AnchorLink>
      )}
    </Alert>
  ));
}
