import { SimpleGrid } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { CareTeam } from "~/features/contacts/CareTeam";
import { Emergency } from "~/features/contacts/Emergency";
import { HospitalCard } from "~/features/contacts/HospitalCard";
import { contactsQuery } from "~/features/contacts/queries";
import { Fetched } from "~/ui/Fetched";
import { Page } from "~/ui/Page";

/** Whom a patient can turn to. What to do in an emergency is there before anything is fetched. */
export function ContactsPage() {
  const { t } = useTranslation("contacts");
  const contacts = useQuery(contactsQuery);
  return (
    <Page title={t("title")} lead={t("lead")}>
      <Emergency phone={contacts.data?.hospital.emergency_phone ?? null} />
      <Fetched query={contacts}>
        {({ hospital, care_team }) => (
          <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
            <CareTeam members={care_team} />
            <HospitalCard hospital={hospital} />
          </SimpleGrid>
        )}
      </Fetched>
    </Page>
  );
}
