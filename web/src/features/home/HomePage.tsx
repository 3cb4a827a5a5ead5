import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, ok } from "~/api/client";
import { keys } from "~/api/keys";
import { Page } from "~/ui/Page";

/** Each role's own dashboard. */
export function HomePage() {
  const { t } = useTranslation("home");
  const me = useQuery({ queryKey: keys.me, queryFn: () => ok(api.GET("/api/users/me")) });
  return <Page title={t("welcome", { name: me.data?.name ?? "" })}>{null}</Page>;
}
