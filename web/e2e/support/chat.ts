/** What the stories of the chat begin with: a booking, which opens the room of the two. */
import type { Caller } from "./people";

interface Slots {
  slots: { starts_at: string; ends_at: string }[];
}

interface Booked {
  appointment_id: string;
  room_id: string;
}

const DAY_MS = 86_400_000;

/** Books the doctor's next free time that is not taken. */
export async function book(patient: Caller, doctorId: string): Promise<Booked> {
  const from = new Date(Date.now() + DAY_MS);
  const to = new Date(Date.now() + 20 * DAY_MS);
  const period = `from=${from.toISOString()}&to=${to.toISOString()}`;
  const free = await patient.call<Slots>("GET", `/api/doctors/${doctorId}/slots?${period}`);
  const slot = free.slots[0];
  if (slot === undefined) throw new Error("the doctor has no free time");
  return patient.call<Booked>("POST", "/api/appointments", {
    doctor_id: doctorId,
    ...slot,
    zone: "Europe/Berlin",
    reason: null,
  });
}

/** Gives the message's number. */
export async function post(by: Caller, roomId: string, body: string): Promise<number> {
  const path = `/api/rooms/${roomId}/messages`;
  return (await by.call<{ sequence: number }>("POST", path, { body })).sequence;
}
