import { Card, Stack, Textarea, Title } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { AppointmentWithHistory, Interval } from "~/api/schema";
import { REASON_CHARS_MAX } from "~/features/appointments/reason";
import { ConfirmBar } from "~/features/booking/ConfirmBar";
import { DoctorIntroduction } from "~/features/booking/DoctorIntroduction";
import { useBook } from "~/features/booking/queries";
import { SlotPicker } from "~/features/booking/SlotPicker";
import { useStillFree } from "~/features/booking/useStillFree";
import { ownZone } from "~/i18n/zone";
import { keepDraft, readDraft } from "~/session/drafts";
import { useMe } from "~/session/useSession";
import { AnchorLink } from "~/ui/links";

interface Props {
  doctorId: string;
  onBooked: (appointment: AppointmentWithHistory) => void;
}

/** A time with one doctor, and why one comes. What was written is kept until it is booked. */
export function BookWithDoctor({ doctorId, onBooked }: Props) {
  const { t } = useTranslation("booking");
  const { accountId } = useMe();
  const draft = `booking ${doctorId}`;
  const [slot, setSlot] = useState<Interval | null>(null);
  const [reason, setReason] = useState(() => readDraft(accountId, draft));
  const book = useBook();
  useStillFree(book.error, () => setSlot(null));
  const write = (words: string) => {
    setReason(words);
    keepDraft(accountId, draft, words);
  };
  const send = () => {
    if (slot === null) return;
    const why = reason.trim() === "" ? {} : { reason: reason.trim() };
    const { starts_at, ends_at } = slot;
    book.mutate(
      { doctor_id: doctorId, starts_at, ends_at, zone: ownZone(), ...why },
      {
        onSuccess: (appointment) => {
          keepDraft(accountId, draft, "");
          onBooked(appointment);
        },
      },
    );
  };
  return (
    <Stack gap="lg">
      <AnchorLink to="/appointments/book" size="sm" underline="always">
        {t("other_doctor")}
      </AnchorLink>
      <DoctorIntroduction doctorId={doctorId} />
      <Card withBorder padding="lg">
        <Stack gap="lg">
          <Title order={2} size="h4">
            {t("when")}
          </Title>
          <SlotPicker doctorId={doctorId} value={slot} onChange={setSlot} />
          <Textarea
            label={t("reason")}
            description={t("reason_hint")}
            value={reason}
            onChange={({ currentTarget }) => write(currentTarget.value)}
            maxLength={REASON_CHARS_MAX}
            autosize
            minRows={2}
            maxRows={10}
          />
        </Stack>
      </Card>
      <ConfirmBar
        slot={slot}
        label={t("book")}
        error={book.error}
        pending={book.isPending}
        onConfirm={send}
      />
    </Stack>
  );
}
