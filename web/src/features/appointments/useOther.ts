import { useQuery } from "@tanstack/react-query";
import { api, ok } from "~/api/client";
import { keys } from "~/api/keys";
import type { Appointment } from "~/api/schema";
import { contactsQuery } from "~/features/contacts/queries";
import { useMe } from "~/session/useSession";

/**
 * With whom an appointment is: of a patient the doctor, of a doctor the patient. The name is
 * null as long as it is not known, and empty once it is no longer kept.
 */
export function useOther(appointment: Appointment): { id: string; name: string | null } {
  const { role } = useMe();
  const isPatient = role === "patient";
  const team = useQuery({ ...contactsQuery, enabled: isPatient });
  const { room_id } = appointment;
  const room = useQuery({
    queryKey: keys.room(room_id),
    queryFn: () => ok(api.GET("/api/rooms/{room_id}", { params: { path: { room_id } } })),
    enabled: !isPatient,
  });
  if (!isPatient) return { id: appointment.patient_id, name: room.data?.other.name ?? null };
  const doctor = team.data?.care_team.find(
    ({ account_id }) => account_id === appointment.doctor_id,
  );
  return { id: appointment.doctor_id, name: team.isPending ? null : (doctor?.name ?? "") };
}
