import { Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { meQuery } from "~/api/me";
import classes from "~/features/home/admin/admin.module.css";
import { Deleted } from "~/features/home/admin/Deleted";
import { Find } from "~/features/home/admin/Find";
import { Health } from "~/features/home/admin/Health";
import { Waiting } from "~/features/home/admin/Waiting";
import { Page } from "~/ui/Page";

/** What waits for an administrator, and whether all is well. */
export function AdminHome() {
  const { t } = useTranslation(["people", "home"]);
  const me = useQuery(meQuery);
  return (
    <Page title={t("home:welcome", { name: me.data?.name ?? "" })} lead={t("home_lead")}>
      <div className={classes.cards}>
        <Stack>
          <Waiting />
          <Deleted />
        </Stack>
        <Stack>
          <Health />
          <Find />
        </Stack>
      </div>
    </Page>
  );
}
