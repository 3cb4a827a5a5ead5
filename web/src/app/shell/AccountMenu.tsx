import { Menu, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { IconLogout, IconSettings } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { meQuery } from "~/api/me";
import { AppearanceItems } from "~/app/shell/AppearanceItems";
import { navigation } from "~/app/shell/navigation";
import { session } from "~/session/session";
import { useMe } from "~/session/useSession";
import { MenuItemLink } from "~/ui/itemLinks";
import { LanguageItems } from "~/ui/LanguageChoice";
import { PersonAvatar } from "~/ui/PersonAvatar";

/** Who is signed in, and the way out. On a phone also every page of the role. */
export function AccountMenu() {
  const { t } = useTranslation();
  const { accountId, role } = useMe();
  const me = useQuery(meQuery);
  const name = me.data?.name ?? "";
  return (
    <Menu
      position="bottom-end"
      width={240}
      withinPortal={false}
      withInitialFocusPlaceholder={false}
    >
      <Menu.Target>
        <UnstyledButton>
          <VisuallyHidden>{t("account_menu", { name })}</VisuallyHidden>
          <PersonAvatar name={name} accountId={me.data?.picture == null ? null : accountId} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{name}</Menu.Label>
        {navigation[role].map(({ to, label, icon: Picture }) => (
          <MenuItemLink
            key={to}
            to={to}
            hiddenFrom="sm"
            leftSection={<Picture size={18} aria-hidden />}
          >
            {t(label)}
          </MenuItemLink>
        ))}
        <Menu.Divider hiddenFrom="sm" />
        <MenuItemLink to="/settings" leftSection={<IconSettings size={18} aria-hidden />}>
          {t("settings")}
        </MenuItemLink>
        <Menu.Divider />
        <Menu.Label>{t("language")}</Menu.Label>
        <LanguageItems />
        <Menu.Label>{t("appearance")}</Menu.Label>
        <AppearanceItems />
        <Menu.Divider />
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
