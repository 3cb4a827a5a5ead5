import { Stack } from "@mantine/core";
import { useMatchRoute } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { navigation } from "~/app/shell/navigation";
import classes from "~/app/shell/Shell.module.css";
import { UnreadMark } from "~/features/notices/UnreadMark";
import { useMe } from "~/session/useSession";
import { NavItemLink } from "~/ui/itemLinks";

/** The pages of the role, on wide screens. */
export function SideBar() {
  const { t } = useTranslation();
  const { role } = useMe();
  const matches = useMatchRoute();
  return (
    <Stack gap={4} component="nav" visibleFrom="sm" aria-label={t("nav_label")}>
      {navigation[role].map(({ to, label, icon: Picture }) => (
        <NavItemLink
          key={to}
          to={to}
          className={classes.side}
          label={t(label)}
          leftSection={<Picture size={20} aria-hidden />}
          rightSection={<UnreadMark to={to} />}
          active={matches({ to, fuzzy: true }) !== false}
        />
      ))}
    </Stack>
  );
}
