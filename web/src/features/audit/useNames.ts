import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { askWho, knownQuery, NOBODY } from "./people";

/** How somebody is called whom a line names by id; who is not known stays an id, cut short. */
export function useNames(): (accountId: string) => string {
  const { t } = useTranslation("audit");
  const client = useQueryClient();
  const { data: known = NOBODY } = useQuery(knownQuery);
  return useCallback(
    (accountId: string) => {
      if (!(accountId in known)) askWho(client, accountId);
      return known[accountId]?.name ?? t("account_short", { id: short(accountId) });
    },
    [client, known, t],
  );
}

/** Enough of an id to tell two apart. */
export function short(id: string): string {
  return id.slice(-8);
}
