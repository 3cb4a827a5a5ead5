import { useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { AppointmentWithHistory } from "~/api/schema";
import { Booked } from "~/features/booking/Booked";
import { BookWithDoctor } from "~/features/booking/BookWithDoctor";
import { FindDoctor } from "~/features/booking/FindDoctor";
import { Page } from "~/ui/Page";

/** First a doctor, then a time, then it is booked. */
export function BookPage() {
  const { t } = useTranslation("booking");
  const { doctor } = useSearch({ from: "/app/appointments/book" });
  const [booked, setBooked] = useState<AppointmentWithHistory | null>(null);
  if (booked !== null && booked.doctor_id === doctor)
    return (
      <Page title={t("booked_title")}>
        <Booked appointment={booked} />
      </Page>
    );
  if (doctor === undefined)
    return (
      <Page title={t("find_title")} lead={t("find_lead")}>
        <FindDoctor />
      </Page>
    );
  return (
    <Page title={t("book_title")}>
      <BookWithDoctor key={doctor} doctorId={doctor} onBooked={setBooked} />
    </Page>
  );
}
