/** A day worth auditing: what the compliance officer's pages are shown, and tested, with. */
import { Caller } from "./people";

/** The ids of what happened. */
export interface Story {
  paula: string;
  adler: string;
  okafor: string;
  officer: string;
  room: string;
  appointment: string;
  consultation: string;
  /** The number of the message that waits for a decision. */
  astray: number;
}

interface Posted {
  sequence: number;
}

/**
 * Paula books, talks, edits and takes back; the doctor documents, signs and amends; another
 * doctor tries what is none of his business; a message is reported.
 */
export async function tellStory(url: string): Promise<Story> {
  const [paula, adler, okafor, admin, officer] = await Promise.all([
    Caller.logIn(url, "paula"),
    Caller.logIn(url, "dr.adler"),
    Caller.logIn(url, "dr.okafor"),
    Caller.logIn(url, "admin"),
    Caller.logIn(url, "compliance"),
  ]);
  const { appointment, room } = await book(paula, adler.accountId);
  const astray = await talk(paula, adler, admin, room);
  const consultation = await consult(paula, adler, appointment);
  for (const path of [`/api/rooms/${room}/messages`, `/api/consultations/${consultation}`]) {
    await okafor.call("GET", path).catch(() => undefined);
  }
  return {
    paula: paula.accountId,
    adler: adler.accountId,
    okafor: okafor.accountId,
    officer: officer.accountId,
    room,
    appointment,
    consultation,
    astray,
  };
}

async function book(paula: Caller, doctor_id: string) {
  const from = new Date(Date.now() + 3_600_000).toISOString();
  const to = new Date(Date.now() + 5 * 86_400_000).toISOString();
  const { slots } = await paula.call<{ slots: { starts_at: string; ends_at: string }[] }>(
    "GET",
    `/api/doctors/${doctor_id}/slots?from=${from}&to=${to}`,
  );
  const [first, second] = slots;
  if (first === undefined || second === undefined) throw new Error("no free slots");
  const zone = "Europe/Berlin";
  const made = await paula.call<{ appointment_id: string; room_id: string }>(
    "POST",
    "/api/appointments",
    { doctor_id, ...first, zone, reason: "A cough that does not end" },
  );
  const path = `/api/appointments/${made.appointment_id}`;
  await paula.call("PATCH", path, { ...second, zone });
  return { appointment: made.appointment_id, room: made.room_id };
}

async function talk(paula: Caller, adler: Caller, admin: Caller, room: string): Promise<number> {
  const messages = `/api/rooms/${room}/messages`;
  const say = async (who: Caller, body: string) =>
    (await who.call<Posted>("POST", messages, { body })).sequence;
  const first = await say(paula, "Good morning. I cough since Sunday.");
  await paula.call("PATCH", `${messages}/${first}`, {
    body: "Good morning. I cough since Saturday.",
  });
  const slip = await say(paula, "Milk, bread, eggs");
  await paula.call("DELETE", `${messages}/${slip}`);
  await adler.call("POST", `/api/rooms/${room}/read`, { through: slip });
  await adler.call("GET", messages);
  const answer = await say(adler, "Do you have a fever?");
  await paula.call("PUT", `${messages}/${answer}/reactions/thanks`);
  const astray = await say(adler, "Mr Vega: the biopsy is fine.");
  await admin.call("POST", `${messages}/${astray}/report`, { reason: "wrong_patient" });
  await say(paula, "A little, in the evening.");
  return astray;
}

async function consult(paula: Caller, adler: Caller, appointment_id: string): Promise<string> {
  const { consultation_id } = await adler.call<{ consultation_id: string }>(
    "POST",
    "/api/consultations",
    { appointment_id },
  );
  const path = `/api/consultations/${consultation_id}`;
  await adler.call("PATCH", path, { medical_history: "Cough since Sunday" });
  await adler.call("PATCH", path, {
    treatment_plan: "Rest",
    prescriptions: [
      { drug: "Ivy syrup", dose: "5 ml", frequency: "twice a day", duration_days: 7 },
    ],
  });
  await adler.call("POST", `${path}/sign`);
  await adler.call("PATCH", path, {
    treatment_plan: "Rest, and much tea",
    reason: "Forgot the tea",
  });
  await paula.call("GET", path);
  return consultation_id;
}
