import { queryOptions, useQuery } from "@tanstack/react-query";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { api, ok } from "~/api/client";
import { keys } from "~/api/keys";
import type { CareTeamMember, Contacts } from "~/api/schema";

const PAGE = 100;
/** Nobody has as many doctors; it keeps a broken answer from being asked for without end. */
const PAGES_MAX = 20;

/** The hospital's numbers, and every doctor whom the patient has booked. */
export const contactsQuery = queryOptions({
  queryKey: [...keys.contacts, "all"],
  queryFn: everyContact,
});

async function everyContact(): Promise<Contacts> {
  const care_team: CareTeamMember[] = [];
  let after: string | null = null;
  for (let page = 0; ; page += 1) {
    const contacts: Contacts = await ok(
      api.GET("/api/contacts", {
        params: { query: { limit: PAGE, ...(after === null ? {} : { after }) } },
      }),
    );
    care_team.push(...contacts.care_team);
    after = contacts.next;
    if (after === null || page === PAGES_MAX) return { ...contacts, care_team };
  }
}

/**
 * Names of the patient's doctors. Everybody with whom there ever was an appointment is in the
 * care team. `ready` is false as long as a name that is missing may still come.
 */
export function useDoctorNames(): { ready: boolean; nameOf: (doctorId: string) => string } {
  const { t } = useTranslation("contacts");
  const { data, isPending } = useQuery(contactsQuery);
  const nameOf = useCallback(
    (doctorId: string) => {
      const found = data?.care_team.find(({ account_id }) => account_id === doctorId);
      // Without an answer nothing is known, which is not the same as having no name.
      if (data === undefined) return t("doctor_unknown");
      return found?.name || t("doctor_unnamed");
    },
    [data, t],
  );
  return { ready: !isPending, nameOf };
}
