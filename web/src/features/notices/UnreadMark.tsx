import { Badge, VisuallyHidden } from "@mantine/core";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/i18n/useFormat";
import { useUnreadMessages } from "./queries";

const MANY = 100;

/** In the menu, beside the page where they can be read. */
export function UnreadMark({ to, className }: { to: string; className?: string | undefined }) {
  return to === "/messages" ? <Count className={className} /> : null;
}

function Count({ className }: { className: string | undefined }) {
  const { t } = useTranslation("notices");
  const { number } = useFormat();
  const unread = useUnreadMessages();
  if (unread === 0) return null;
  return (
    <Badge size="sm" circle={unread < 10} className={className ?? ""}>
      <span aria-hidden>{unread >= MANY ? "99+" : number(unread)}</span>
      <VisuallyHidden>{t("unread_messages", { count: unread })}</VisuallyHidden>
    </Badge>
  );
}

const COUNTED = /^\(\d+\+?\) /;

/** Puts the number of unread messages before the window's title, whatever page sets that. */
export function useUnreadInTitle(): void {
  const unread = useUnreadMessages();
  useEffect(() => {
    const write = () => {
      const bare = document.title.replace(COUNTED, "");
      const wanted = unread === 0 ? bare : `(${unread >= MANY ? "99+" : unread}) ${bare}`;
      if (document.title !== wanted) document.title = wanted;
    };
    write();
    const watch = new MutationObserver(write);
    watch.observe(document.head, { childList: true, subtree: true, characterData: true });
    return () => watch.disconnect();
  }, [unread]);
}
