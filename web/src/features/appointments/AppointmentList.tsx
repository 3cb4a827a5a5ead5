import { Stack } from "@mantine/core";
import { IconCalendar } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { AppointmentRow } from "~/features/appointments/AppointmentRow";
import { belongs, type ListName } from "~/features/appointments/lists";
import { appointmentsQuery } from "~/features/appointments/queries";
import { useDoctorNames } from "~/features/contacts/queries";
import { EmptyState } from "~/ui/EmptyState";
import { Fetched } from "~/ui/Fetched";
import { LoadMore } from "~/ui/LoadMore";
import { ButtonLink } from "~/ui/links";
import { useNow } from "~/ui/useNow";

/** One of the lists, with the way on where it has more. */
export function AppointmentList({ list }: { list: ListName }) {
  const query = useInfiniteQuery(appointmentsQuery(list));
  const { ready, nameOf } = useDoctorNames();
  const now = useNow();
  return (
    <Fetched query={{ ...query, data: ready ? query.data : undefined }} rowHeight={92}>
      {({ pages }) => {
        const all = pages.flatMap(({ appointments }) => appointments);
        const shown = all.filter((appointment) => belongs(list, appointment, now));
        return (
          <Stack gap="sm">
            {shown.length === 0 && !query.hasNextPage && <Nothing list={list} />}
            {shown.map((appointment) => (
              <AppointmentRow
                key={appointment.appointment_id}
                appointment={appointment}
                doctor={nameOf(appointment.doctor_id)}
              />
            ))}
            <LoadMore query={query} />
          </Stack>
        );
      }}
    </Fetched>
  );
}

function Nothing({ list }: { list: ListName }) {
  const { t } = useTranslation("appointments");
  if (list !== "upcoming")
    return <EmptyState icon={IconCalendar} title={t(`empty_${list}`)}></EmptyState>;
  return (
    <EmptyState icon={IconCalendar} title={t("empty_upcoming")}>
      <Stack gap="sm" align="center">
        {t("empty_upcoming_words")}
        <ButtonLink to="/appointments/book">{t("book")}</ButtonLink>
      </Stack>
    </EmptyState>
  );
}
