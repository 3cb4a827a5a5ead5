import { useQuery } from "@tanstack/react-query";
import { lazy } from "react";
import { useTranslation } from "react-i18next";
import { api, ok } from "~/api/client";
import { keys } from "~/api/keys";
import { useMe } from "~/session/useSession";
import { Page } from "~/ui/Page";

const AdminHome = lazy(async () => ({ default: (await import("./AdminHome")).AdminHome }));

/** Each role's own dashboard, fetched with nobody else's. */
export function HomePage() {
  const { role } = useMe();
  if (role === "admin") return <AdminHome />;
  return <PlainHome />;
}

function PlainHome() {
  const { t } = useTranslation("home");
  const me = useQuery({ queryKey: keys.me, queryFn: () => ok(api.GET("/api/users/me")) });
  return <Page title={t("welcome", { name: me.data?.name ?? "" })}>{null}</Page>;
}
