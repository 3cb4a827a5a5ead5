import { useQuery } from "@tanstack/react-query";
import { type ComponentType, lazy } from "react";
import { useTranslation } from "react-i18next";
import { api, ok } from "~/api/client";
import { keys } from "~/api/keys";
import type { Role } from "~/api/schema";
import { useMe } from "~/session/useSession";
import { Page } from "~/ui/Page";

/** Each role's own dashboard, of which only the own one is loaded. */
const HOMES: Partial<Record<Role, ComponentType>> = {
  patient: lazy(async () => ({ default: (await import("./PatientHome")).PatientHome })),
};

/** Where everybody lands who has signed in. */
export function HomePage() {
  const { role } = useMe();
  const Home = HOMES[role] ?? Welcome;
  return <Home />;
}

function Welcome() {
  const { t } = useTranslation("home");
  const me = useQuery({ queryKey: keys.me, queryFn: () => ok(api.GET("/api/users/me")) });
  return <Page title={t("welcome", { name: me.data?.name ?? "" })}>{null}</Page>;
}
