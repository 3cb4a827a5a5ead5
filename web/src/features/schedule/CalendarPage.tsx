import { useMediaQuery } from "@mantine/hooks";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { ErrorNotice } from "~/ui/ErrorNotice";
import { Page } from "~/ui/Page";
import { Agenda } from "./Agenda";
import { CalendarBar } from "./CalendarBar";
import { CalendarGrid, CalendarWaits } from "./CalendarGrid";
import { dayToday, weekOf } from "./days";
import { useAppointmentsOn } from "./queries";

const route = getRouteApi("/app/calendar");

/** The doctor's own appointments, by day or by week; on a phone one below the other. */
export function CalendarPage() {
  const { t } = useTranslation("schedule");
  const { day = dayToday(), view = "week" } = route.useSearch();
  const wide = useMediaQuery("(min-width: 48em)", undefined, { getInitialValueInEffect: false });
  const days = view === "week" ? weekOf(day) : [day];
  const appointments = useAppointmentsOn(days[0] ?? day, days.length);
  const Days = wide === true ? CalendarGrid : Agenda;
  return (
    <Page title={t("calendar")} size="xl">
      <CalendarBar day={day} view={view} days={days} />
      {appointments.isError && (
        <ErrorNotice error={appointments.error} onRetry={() => void appointments.refetch()} />
      )}
      {appointments.isPending && <CalendarWaits />}
      {appointments.isSuccess && <Days days={days} appointments={appointments.data} />}
    </Page>
  );
}
