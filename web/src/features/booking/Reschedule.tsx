import { Card, Stack, Text, Title } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { wasChanged } from "~/api/errors";
import type { Interval } from "~/api/schema";
import { AppointmentFacts } from "~/features/appointments/AppointmentFacts";
import { Meanwhile } from "~/features/appointments/Meanwhile";
import { useChangeAppointment } from "~/features/appointments/queries";
import { useOther } from "~/features/appointments/useOther";
import { type Current, useSeen } from "~/features/appointments/useSeen";
import { ConfirmBar } from "~/features/booking/ConfirmBar";
import { SlotPicker } from "~/features/booking/SlotPicker";
import { useStillFree } from "~/features/booking/useStillFree";
import { ownZone } from "~/i18n/zone";
import { toast } from "~/ui/toast";

/** The appointment as it is, and the times that it could have instead. */
export function Reschedule({ current }: { current: Current }) {
  const { t } = useTranslation("booking");
  const navigate = useNavigate();
  const other = useOther(current.value);
  const [slot, setSlot] = useState<Interval | null>(null);
  const { seen, meanwhile, acknowledge } = useSeen(current);
  const { appointment_id, doctor_id, status } = current.value;
  const change = useChangeAppointment(appointment_id);
  const settled = !change.isPending && !change.isSuccess;
  const outdated = wasChanged(change.error);
  useStillFree(change.error, () => setSlot(null));
  const send = () => {
    if (slot === null) return;
    const { starts_at, ends_at } = slot;
    change.mutate(
      { change: { starts_at, ends_at, zone: ownZone() }, etag: seen.etag },
      {
        onSuccess: () => {
          toast(t("moved"));
          void navigate({
            to: "/appointments/$appointmentId",
            params: { appointmentId: appointment_id },
          });
        },
      },
    );
  };
  return (
    <Stack gap="lg">
      <AppointmentFacts appointment={current.value} name={other.name} />
      <Meanwhile lines={settled ? meanwhile : []} other={other} onAcknowledge={acknowledge} />
      {status === "scheduled" ? (
        <>
          <Card withBorder padding="lg">
            <Stack gap="lg">
              <Title order={2} size="h4">
                {t("when_instead")}
              </Title>
              <SlotPicker doctorId={doctor_id} value={slot} onChange={setSlot} />
            </Stack>
          </Card>
          <ConfirmBar
            slot={slot}
            label={t("move")}
            error={outdated ? null : change.error}
            pending={change.isPending}
            disabled={settled && meanwhile.length > 0}
            onConfirm={send}
          />
        </>
      ) : (
        <Text>{t("not_to_be_moved")}</Text>
      )}
    </Stack>
  );
}
