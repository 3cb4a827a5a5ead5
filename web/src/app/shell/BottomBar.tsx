import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { navigation } from "~/app/shell/navigation";
import classes from "~/app/shell/Shell.module.css";
import { UnreadMark } from "~/features/notices/UnreadMark";
import { useMe } from "~/session/useSession";

const TABS_MAX = 5;

/** The first pages of the role, at the thumb. The others are in the account's menu. */
export function BottomBar() {
  const { t } = useTranslation();
  const { role } = useMe();
  return (
    <nav className={classes.bottom} aria-label={t("nav_label")}>
      {navigation[role].slice(0, TABS_MAX).map(({ to, label, icon: Picture }) => (
        <Link key={to} to={to} className={classes.tab}>
          <Picture size={22} aria-hidden />
          {t(label)}
          <UnreadMark to={to} className={classes.mark} />
        </Link>
      ))}
    </nav>
  );
}
