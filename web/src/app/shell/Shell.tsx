import { AppShell, Group, Text } from "@mantine/core";
import { Link, Outlet, useRouterState } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { usePreload } from "~/app/preload";
import { AccountMenu } from "~/app/shell/AccountMenu";
import { BottomBar } from "~/app/shell/BottomBar";
import { IdleGuard } from "~/app/shell/IdleGuard";
import classes from "~/app/shell/Shell.module.css";
import { SideBar } from "~/app/shell/SideBar";
import { NoticesBell } from "~/features/notices/NoticesBell";
import { useUnreadInTitle } from "~/features/notices/UnreadMark";
import { ConnectionMark } from "~/live/ConnectionMark";
import { useLiveFeed } from "~/live/useLive";
import { useNews, useNotSent } from "~/live/useNews";
import { useMe } from "~/session/useSession";

/**
 * What stays around every page of somebody who is signed in. When another one takes their place
 * it begins anew: what is shown and typed here belongs to one of them.
 */
export function Shell() {
  const { accountId } = useMe();
  return <ShellOfOne key={accountId} />;
}

function ShellOfOne() {
  const { t } = useTranslation();
  const main = useRef<HTMLElement>(null);
  useFocusOnArrival(main);
  useLiveFeed();
  useNews();
  useNotSent();
  useUnreadInTitle();
  usePreload();
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 232, breakpoint: "sm", collapsed: { mobile: true } }}
      footer={{ height: { base: 60, sm: 0 } }}
    >
      <a href="#main" className={classes.skip}>
        {t("skip_to_content")}
      </a>
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Link to="/home" className={classes.brand}>
            <img src="/icon.svg" alt="" width={28} height={28} />
            <Text fw={700}>Anamnesis</Text>
          </Link>
          <Group gap="xs" wrap="nowrap">
            <ConnectionMark />
            <NoticesBell />
            <AccountMenu />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm" visibleFrom="sm">
        <SideBar />
      </AppShell.Navbar>
      <AppShell.Main id="main" ref={main} tabIndex={-1} className={classes.main}>
        <Outlet />
      </AppShell.Main>
      <AppShell.Footer hiddenFrom="sm">
        <BottomBar />
      </AppShell.Footer>
      <IdleGuard />
    </AppShell>
  );
}

/** Whoever listens to the screen, or uses the keyboard, starts at the top of a new page. */
function useFocusOnArrival(main: React.RefObject<HTMLElement | null>) {
  const path = useRouterState({ select: (state) => state.location.pathname });
  const arrived = useRef(path);
  useEffect(() => {
    if (arrived.current === path) return;
    arrived.current = path;
    main.current?.focus({ preventScroll: true });
  }, [path, main]);
}
