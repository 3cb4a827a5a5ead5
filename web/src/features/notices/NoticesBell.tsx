import { ActionIcon, Indicator, Popover } from "@mantine/core";
import { IconBell } from "@tabler/icons-react";
import { Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/i18n/useFormat";
import { Loading } from "~/ui/Loading";
import { lazyPart } from "~/ui/part";
import { useLatestNotices } from "./queries";

const NoticeList = lazyPart(() => import("./NoticeList"), "NoticeList");
/** More is not counted. */
const MANY = 100;

/** In the header: how many notices were not seen, and behind it which. */
export function NoticesBell() {
  const { t } = useTranslation("notices");
  const { number } = useFormat();
  const [opened, setOpened] = useState(false);
  const { data } = useLatestNotices();
  const unread = data?.unread ?? 0;
  const label = unread === 0 ? t("bell") : t("bell_unread", { count: unread });
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      width="min(380px, calc(100vw - 16px))"
      trapFocus
      returnFocus
    >
      <Indicator
        disabled={unread === 0}
        label={unread >= MANY ? "99+" : number(unread)}
        size={18}
        offset={6}
        color="red"
      >
        <Popover.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={36}
            aria-label={label}
            onClick={() => setOpened(!opened)}
          >
            <IconBell size={22} aria-hidden />
          </ActionIcon>
        </Popover.Target>
      </Indicator>
      <Popover.Dropdown p={0} aria-label={t("notices")}>
        <Suspense fallback={<Loading />}>
          <NoticeList onGo={() => setOpened(false)} />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  );
}
