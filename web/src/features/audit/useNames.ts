import { useQuery } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { peopleQuery } from "./queries";

/** How somebody is called whom a line names by id; who is not known stays an id, cut short. */
export function useNames(): (accountId: string) => string {
  const { t } = useTranslation("audit");
  const people = useQuery(peopleQuery);
  const names = useMemo(
    () => new Map(people.data?.map(({ account_id, name }) => [account_id, name])),
    [people.data],
  );
  return useCallback(
    (accountId: string) => names.get(accountId) ?? t("account_short", { id: short(accountId) }),
    [names, t],
  );
}

/** Enough of an id to tell two apart. */
export function short(id: string): string {
  return id.slice(-8);
}
