/** What doctors' stories begin with: people with appointments, at any time of the day. */
import { Caller } from "./people";

/** A zone in which it is late morning now: so today has hours before and after. */
export function morningZone(): string {
  const ahead = 10 - new Date().getUTCHours();
  const offset = ahead < -12 ? ahead + 24 : ahead;
  if (offset === 0) return "Etc/GMT";
  return `Etc/GMT${offset > 0 ? "-" : "+"}${Math.abs(offset)}`;
}

const WEEK = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/** The doctor works round the clock, so that a test can book whenever it runs. */
export async function openAllHours(doctor: Caller): Promise<void> {
  const week = WEEK.map((weekday) => ({ weekday, from: "00:00", to: "24:00" }));
  const hours = { zone: morningZone(), slot_minutes: 30, week };
  await doctor.call("PUT", `/api/doctors/${doctor.accountId}/hours`, hours);
}

export interface Booked {
  appointment_id: string;
  patient_id: string;
  room_id: string;
  starts_at: string;
  version: number;
}

/** Books a time that begins so many seconds from now. */
export function book(
  patient: Caller,
  doctor: Caller,
  seconds: number,
  reason: string | null = null,
  minutes = 20,
): Promise<Booked> {
  const starts = Date.now() + seconds * 1_000;
  return patient.call<Booked>("POST", "/api/appointments", {
    doctor_id: doctor.accountId,
    starts_at: new Date(starts).toISOString(),
    ends_at: new Date(starts + minutes * 60_000).toISOString(),
    zone: morningZone(),
    reason,
  });
}

/** A draft of an appointment's consultation, with what is written in it. */
export async function draft(doctor: Caller, visit: Booked, parts: object): Promise<string> {
  const opened = await doctor.call<{ consultation_id: string }>("POST", "/api/consultations", {
    appointment_id: visit.appointment_id,
  });
  await doctor.call("PATCH", `/api/consultations/${opened.consultation_id}`, parts);
  return opened.consultation_id;
}

/** A patient who has just registered. */
export async function newPatient(url: string, username: string, name: string): Promise<Caller> {
  const body = { username, email: `${username}@example.org`, name, password: "anamnesis-demo" };
  const answer = await fetch(`${url}/api/users`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${username}: ${answer.status} ${await answer.text()}`);
  return Caller.logIn(url, username);
}
