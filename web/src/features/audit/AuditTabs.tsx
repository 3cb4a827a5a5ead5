import { Group } from "@mantine/core";
import { IconDownload, IconPlayerPlay, IconSearch, IconSignature } from "@tabler/icons-react";
import { useLocation } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { ButtonLink } from "~/ui/links";

const pages = [
  { to: "/audit", label: "tab_search", icon: IconSearch },
  { to: "/audit/reviews", label: "tab_reviews", icon: IconSignature },
  { to: "/audit/export", label: "tab_export", icon: IconDownload },
  { to: "/replay", label: "tab_replay", icon: IconPlayerPlay },
] as const;

/** The ways to look at the trail as a whole. */
export function AuditTabs() {
  const { t } = useTranslation("audit");
  const path = useLocation({ select: ({ pathname }) => pathname });
  return (
    <Group component="nav" gap={4} aria-label={t("tabs_label")}>
      {pages.map(({ to, label, icon: Picture }) => (
        <ButtonLink
          key={to}
          to={to}
          size="compact-sm"
          variant={path === to ? "light" : "subtle"}
          color={path === to ? "calm" : "gray"}
          aria-current={path === to ? "page" : undefined}
          leftSection={<Picture size={16} aria-hidden />}
        >
          {t(label)}
        </ButtonLink>
      ))}
    </Group>
  );
}
