/** What the stories of the front door and of administrators begin with, made through the API. */
import type { Page } from "playwright-core";
import { Caller, type Login } from "./people";

export const PASSWORD = "a long enough password";

/** A stranger's request: for an account, or for a session. */
async function post<T>(url: string, path: string, body: unknown): Promise<T> {
  const answer = await fetch(`${url}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}

const callers = new Map<string, Promise<Caller>>();

/** A caller who logs in once for a whole file: a name can not log in as often as one likes. */
export function callerOf(url: string, login: Login): Promise<Caller> {
  const key = `${url} ${login}`;
  const caller = callers.get(key) ?? Caller.logIn(url, login);
  callers.set(key, caller);
  return caller;
}

/** Somebody asks for a staff account, which waits; its id. */
export async function askForAccount(
  url: string,
  username: string,
  name: string,
  role = "doctor",
): Promise<string> {
  const { account_id: id } = await post<{ account_id: string }>(url, "/api/users", {
    kind: "staff",
    role,
    username,
    name,
    email: `${username}@example.org`,
    password: PASSWORD,
  });
  return id;
}

/** Somebody of the staff who was let in; their id. */
export async function employ(url: string, username: string, name: string): Promise<string> {
  const id = await askForAccount(url, username, name);
  const admin = await callerOf(url, "admin");
  await admin.call("POST", `/api/users/${id}/approve`, { role: "doctor" });
  return id;
}

interface Slot {
  starts_at: string;
  ends_at: string;
}

/** A free time of a doctor's, some days from now: each story takes days of its own. */
async function freeSlot(paula: Caller, doctor: string, days: number): Promise<Slot> {
  const at = (day: number) => new Date(Date.now() + day * 86_400_000).toISOString();
  const period = `from=${at(days)}&to=${at(days + 2)}`;
  const { slots } = await paula.call<{ slots: Slot[] }>(
    "GET",
    `/api/doctors/${doctor}/slots?${period}`,
  );
  const [slot] = slots;
  if (slot === undefined) throw new Error("the doctor has no free time");
  return slot;
}

interface Booked {
  appointment_id: string;
  room_id: string;
}

export async function book(paula: Caller, doctor: string, slot: Slot): Promise<Booked> {
  const wish = { doctor_id: doctor, ...slot, zone: "Europe/Berlin", reason: "Cough since Sunday" };
  return paula.call("POST", "/api/appointments", wish);
}

/** An appointment that was called off and deleted: who took part, and when it was. */
export async function deletedAppointment(url: string, days: number) {
  const [paula, adler] = await Promise.all([callerOf(url, "paula"), callerOf(url, "dr.adler")]);
  const slot = await freeSlot(paula, adler.accountId, days);
  const booked = await book(paula, adler.accountId, slot);
  await paula.call("DELETE", `/api/appointments/${booked.appointment_id}`);
  return { paula, adler, slot, ...booked };
}

/** Through the form, as somebody who is not of the demo. Ends where the form leads to. */
export async function enter(page: Page, login: string, password = PASSWORD): Promise<void> {
  await page.goto("/login");
  await fillIn(page, login, password);
}

/** On the log-in page: fills it in and sends it. */
export async function fillIn(page: Page, login: string, password: string): Promise<void> {
  await page.getByRole("textbox", { name: /Username/ }).fill(login);
  await page.getByRole("textbox", { name: "Password" }).fill(password);
  await page.getByRole("button", { name: "Log in" }).click();
}

/** By the menu, without loading the page anew. */
export async function follow(page: Page, name: string): Promise<void> {
  await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name }).click();
}
