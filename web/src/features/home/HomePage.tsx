import { useQuery } from "@tanstack/react-query";
import { lazy } from "react";
import { useTranslation } from "react-i18next";
import { api, ok } from "~/api/client";
import { keys } from "~/api/keys";
import { useMe } from "~/session/useSession";
import { Page } from "~/ui/Page";

const DoctorHome = lazy(async () => ({ default: (await import("./DoctorHome")).DoctorHome }));

/** Each role's own dashboard. */
export function HomePage() {
  const { role } = useMe();
  return role === "doctor" ? <DoctorHome /> : <Welcome />;
}

function Welcome() {
  const { t } = useTranslation("home");
  const me = useQuery({ queryKey: keys.me, queryFn: () => ok(api.GET("/api/users/me")) });
  return <Page title={t("welcome", { name: me.data?.name ?? "" })}>{null}</Page>;
}
