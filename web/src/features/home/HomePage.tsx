import { useQuery } from "@tanstack/react-query";
import { type ComponentType, lazy } from "react";
import { useTranslation } from "react-i18next";
import { api, ok } from "~/api/client";
import { keys } from "~/api/keys";
import type { Role } from "~/api/schema";
import { useMe } from "~/session/useSession";
import { Page } from "~/ui/Page";

/** Each role loads its own dashboard and nobody else's. */
const homes: Partial<Record<Role, ComponentType>> = {
  compliance: lazy(async () => ({ default: (await import("./ComplianceHome")).ComplianceHome })),
};

/** Each role's own dashboard. */
export function HomePage() {
  const { role } = useMe();
  const Home = homes[role] ?? Welcome;
  return <Home />;
}

function Welcome() {
  const { t } = useTranslation("home");
  const me = useQuery({ queryKey: keys.me, queryFn: () => ok(api.GET("/api/users/me")) });
  return <Page title={t("welcome", { name: me.data?.name ?? "" })}>{null}</Page>;
}
