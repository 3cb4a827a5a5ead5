import { Text, VisuallyHidden } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Notice } from "~/api/schema";
import { useFormat } from "~/i18n/useFormat";
import classes from "./Notices.module.css";
import { targetOf } from "./targets";

/** One notice in words; it leads to what it is about. */
export function NoticeRow({ notice, onGo }: { notice: Notice; onGo: () => void }) {
  const { t, i18n } = useTranslation("notices");
  const { dateTime } = useFormat();
  const name = notice.from?.name ?? "";
  const key = `kind_${notice.kind}`;
  const words = i18n.exists(key, { ns: "notices" })
    ? String(t(key as never, { name } as never))
    : t("kind_unknown");
  const target = targetOf(notice);
  const content = (
    <>
      <span className={classes.dot} data-new={!notice.seen || undefined} aria-hidden />
      <span>
        {!notice.seen && <VisuallyHidden>{t("not_seen")}</VisuallyHidden>}
        <Text span size="sm" display="block" fw={notice.seen ? 400 : 600}>
          {words}
        </Text>
        <Text span size="xs" c="dimmed" display="block">
          {dateTime(notice.at)}
        </Text>
      </span>
    </>
  );
  return (
    <div role="listitem">
      {target === null ? (
        <div className={classes.row}>{content}</div>
      ) : (
        <Link {...target} className={classes.row} onClick={onGo}>
          {content}
        </Link>
      )}
    </div>
  );
}
