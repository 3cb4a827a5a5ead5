import { Stack } from "@mantine/core";
import { IconNotebook } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useDoctorNames } from "~/features/contacts/queries";
import { ConsultationRow } from "~/features/record/ConsultationRow";
import { consultationsQuery } from "~/features/record/queries";
import { EmptyState } from "~/ui/EmptyState";
import { Fetched } from "~/ui/Fetched";
import { LoadMore } from "~/ui/LoadMore";
import { Page } from "~/ui/Page";

/** Everything that doctors wrote about the patient and signed. */
export function RecordPage() {
  const { t } = useTranslation("record");
  const query = useInfiniteQuery(consultationsQuery);
  const { ready, nameOf } = useDoctorNames();
  return (
    <Page title={t("title")} lead={t("lead")}>
      <Fetched query={{ ...query, data: ready ? query.data : undefined }} rowHeight={84}>
        {({ pages }) => {
          const all = pages.flatMap(({ consultations }) => consultations);
          return (
            <Stack gap="sm">
              {all.length === 0 && (
                <EmptyState icon={IconNotebook} title={t("empty")}>
                  {t("empty_words")}
                </EmptyState>
              )}
              {all.map((one) => (
                <ConsultationRow
                  key={one.consultation_id}
                  consultation={one}
                  doctor={nameOf(one.doctor_id)}
                />
              ))}
              <LoadMore query={query} />
            </Stack>
          );
        }}
      </Fetched>
    </Page>
  );
}
