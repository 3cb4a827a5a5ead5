import { book, draft, morningZone, newPatient, openAllHours } from "../support/clinic";
import { Caller } from "../support/people";
import type { Album, World } from "../support/shots";

const DAY_S = 86_400;

/** A doctor with a day behind and before her: somebody here, somebody waiting, drafts, reviews. */
async function prepare(url: string): Promise<World> {
  const adler = await Caller.logIn(url, "dr.adler");
  const paula = await Caller.logIn(url, "paula");
  const noor = await newPatient(url, "noor", "Noor Haddad");
  const tomas = await newPatient(url, "tomas", "Tomás Lindqvist");
  await openAllHours(adler);
  const here = await book(paula, adler, 5, "Cough since Sunday, worse at night", 25);
  const next = await book(noor, adler, 1_800, "Blood pressure", 30);
  await book(tomas, adler, 5_400, null, 30);
  await book(paula, adler, DAY_S + 3_600, "Results of the X-ray", 30);
  const second = await book(noor, adler, 2 * DAY_S, "Second look", 45);
  await book(tomas, adler, 2 * DAY_S + 7_200, "Knee", 30);
  await noor.call("POST", `/api/rooms/${next.room_id}/messages`, { body: "May I come earlier?" });
  const open = await draft(adler, here, {
    medical_history: "Cough since Sunday, worse at night. No fever, no chest pain.",
    examination_findings: "Lungs clear. Temperature 36.8 °C.",
    prescriptions: [
      { drug: "Ivy syrup", dose: "5 ml", frequency: "twice a day", duration_days: 7 },
    ],
  });
  const signed = await draft(adler, second, {
    medical_history: "High blood pressure since spring.",
    investigations: "ECG: sinus rhythm.",
    treatment_plan: "Less salt, a walk every day.",
    prescriptions: [{ drug: "Ramipril", dose: "5 mg", route: "by mouth", frequency: "once a day" }],
    review_on: new Date(Date.now() + 2 * DAY_S * 1_000).toISOString().slice(0, 10),
  });
  const path = `/api/consultations/${signed}`;
  await adler.call("POST", `${path}/sign`);
  await adler.call("PATCH", path, {
    treatment_plan: "Less salt, a walk every day, and measure at home.",
    reason: "Forgot the measurements",
  });
  const asked = { text: "It began in summer, not in spring." };
  await noor.call("POST", `${path}/corrections`, asked);
  await noor.call("POST", `${path}/corrections`, { text: "I do not eat much salt." });
  await adler.call("POST", `${path}/corrections/2/decline`, {
    statement: "The advice stands, whatever the amount is now.",
  });
  return { draft: open, signed, patient: noor.accountId, zone: morningZone() };
}

export const doctor: Album = {
  prepare,
  shots: [
    { name: "doctor-home", login: "dr.adler", path: () => "/home", ready: "Your day" },
    { name: "doctor-home-empty", login: "dr.okafor", path: () => "/home", ready: "Nobody is" },
    { name: "doctor-calendar", login: "dr.adler", path: () => "/calendar", ready: "Noor Haddad" },
    { name: "doctor-hours", login: "dr.adler", path: () => "/hours", ready: "Every week" },
    { name: "doctor-patients", login: "dr.adler", path: () => "/patients", ready: "Noor Haddad" },
    {
      name: "doctor-patients-empty",
      login: "dr.okafor",
      path: () => "/patients",
      ready: "No patients yet",
    },
    {
      name: "doctor-patient",
      login: "dr.adler",
      path: ({ patient }) => `/patients/${patient}`,
      ready: "Ramipril",
    },
    {
      name: "doctor-consultation-draft",
      login: "dr.adler",
      path: (world) => `/consultations/${world.draft}`,
      ready: "Review and sign",
    },
    {
      name: "doctor-consultation-signed",
      login: "dr.adler",
      path: (world) => `/consultations/${world.signed}`,
      ready: "What stands",
    },
  ],
};
