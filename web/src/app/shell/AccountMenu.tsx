import { Menu, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { IconLogout } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { api, ok } from "~/api/client";
import { keys } from "~/api/keys";
import { navigation } from "~/app/shell/navigation";
import { session } from "~/session/session";
import { useMe } from "~/session/useSession";
import { PersonAvatar } from "~/ui/PersonAvatar";

/** Who is signed in, and the way out. On a phone also every page of the role. */
export function AccountMenu() {
  const { t } = useTranslation();
  const { role } = useMe();
  const me = useQuery({ queryKey: keys.me, queryFn: () => ok(api.GET("/api/users/me")) });
  const name = me.data?.name ?? "";
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <UnstyledButton>
          <VisuallyHidden>{t("account_menu", { name })}</VisuallyHidden>
          <PersonAvatar name={name} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{name}</Menu.Label>
        {navigation[role].map(({ to, label, icon: Picture }) => (
          <Menu.Item
            key={to}
            component={Link}
            to={to}
            hiddenFrom="sm"
            leftSection={<Picture size={18} aria-hidden />}
          >
            {t(label)}
          </Menu.Item>
        ))}
        <Menu.Divider hiddenFrom="sm" />
        <Menu.Item
          leftSection={<IconLogout size={18} aria-hidden />}
          onClick={() => void session.logOut()}
        >
          {t("log_out")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
