/** What has happened to a patient before a story begins, made through the API. */
import type { Page } from "playwright-core";
import { Caller, type Login } from "./people";

interface Slot {
  starts_at: string;
  ends_at: string;
}
interface Booked extends Slot {
  appointment_id: string;
  doctor_id: string;
  room_id: string;
}
interface Consultation {
  consultation_id: string;
}

const DAY_MS = 24 * 60 * 60_000;

/** The doctor's free times of the day that is so many days ahead, in UTC. */
export async function freeSlots(caller: Caller, doctorId: string, ahead: number): Promise<Slot[]> {
  const day = new Date(Date.now() + ahead * DAY_MS).toISOString().slice(0, 10);
  const period = `from=${day}T00:00:00Z&to=${day}T23:59:59Z`;
  const path = `/api/doctors/${doctorId}/slots?${period}`;
  return (await caller.call<{ slots: Slot[] }>("GET", path)).slots;
}

/** Books the first time that is free on that day. */
export async function book(
  patient: Caller,
  doctor: Caller,
  ahead: number,
  reason?: string,
): Promise<Booked> {
  const [slot] = await freeSlots(patient, doctor.accountId, ahead);
  if (slot === undefined) throw new Error(`nothing is free in ${ahead} days`);
  const wish = { doctor_id: doctor.accountId, zone: "Europe/Berlin", reason, ...slot };
  return patient.call("POST", "/api/appointments", wish);
}

/** The doctor writes something down about an appointment, and signs it. */
async function consult(doctor: Caller, appointmentId: string): Promise<string> {
  const path = "/api/consultations";
  const { consultation_id: id } = await doctor.call<Consultation>("POST", path, {
    appointment_id: appointmentId,
  });
  await doctor.call("PATCH", `${path}/${id}`, {
    medical_history: "Cough since Sunday, worse at night.\nNo fever.",
    examination_findings: "Lungs clear on both sides. Throat slightly red.",
    treatment_plan: "Rest, and plenty to drink.",
    prescriptions: [
      {
        drug: "Ivy syrup",
        dose: "5 ml",
        route: "by mouth",
        frequency: "twice a day",
        duration_days: 7,
      },
      { drug: "Ramipril", dose: "5 mg", frequency: "every morning", instructions: "With water." },
    ],
    review_on: new Date(Date.now() + 14 * DAY_MS).toISOString().slice(0, 10),
  });
  await doctor.call("POST", `${path}/${id}/sign`);
  return id;
}

/** Somebody who has just registered: nothing has happened to them yet. */
export async function register(url: string, username: string, password: string): Promise<void> {
  const answer = await fetch(`${url}/api/users`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      username,
      email: `${username}@example.org`,
      name: "Noor Haddad",
      password,
    }),
  });
  if (!answer.ok) throw new Error(`not registered: ${answer.status} ${await answer.text()}`);
}

/** A patient in the middle of treatment: booked, talked to, examined, corrected, looked at. */
export async function treated(url: string): Promise<Record<string, string>> {
  const as = (login: Login) => Caller.logIn(url, login);
  const [paula, adler, okafor, officer] = [
    await as("paula"),
    await as("dr.adler"),
    await as("dr.okafor"),
    await as("compliance"),
  ];
  const visit = await book(paula, adler, 2, "Cough since Sunday");
  const other = await book(paula, okafor, 9);
  const off = await book(paula, okafor, 5);
  const cancelled = { status: "cancelled", reason: "I am away on that day." };
  await paula.call("PATCH", `/api/appointments/${off.appointment_id}`, cancelled);
  const say = (who: Caller, body: string) =>
    who.call("POST", `/api/rooms/${visit.room_id}/messages`, { body });
  await say(paula, "Good morning. I cough.");
  await say(adler, "Good morning, Paula. Please come in on time; we will listen to it.");
  const consultation = await consult(adler, visit.appointment_id);
  const about = `/api/consultations/${consultation}`;
  await adler.call("PATCH", about, {
    treatment_plan: "Rest, plenty to drink, and tea with honey.",
    reason: "Forgot the tea",
  });
  await paula.call("POST", `${about}/corrections`, { text: "I cough since Saturday." });
  await paula.call("POST", `${about}/corrections`, { text: "I never said tea." });
  await adler.call("POST", `${about}/corrections/2/decline`, {
    statement: "The tea is my advice.",
  });
  await officer.call("POST", "/api/audit/grants", {
    patient_id: paula.accountId,
    reason: "A complaint about the record",
    minutes: 30,
  });
  await officer.call("GET", about);
  return {
    doctor: adler.accountId,
    appointment: visit.appointment_id,
    other: other.appointment_id,
    cancelled: off.appointment_id,
    consultation,
  };
}

/** As {@link Caller.logIn}, for somebody who is none of the demo's people. */
export function logInAs(url: string, login: string, password: string): Promise<Caller> {
  return Caller.logIn(url, login as Login, password);
}

/** Through the form, by somebody who is none of the demo's people, in any language. */
export async function signInAs(page: Page, login: string, password: string): Promise<void> {
  await page.goto("/login");
  await page.locator("input[autocomplete=username]").fill(login);
  await page.locator("input[autocomplete=current-password]").fill(password);
  await page.locator("button[type=submit]").click();
  await page.waitForURL("**/home");
}
