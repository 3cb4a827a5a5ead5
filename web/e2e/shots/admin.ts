/** Pictures of the front door, of the settings, and of what administrators see. */
import { askForAccount, deletedAppointment, employ } from "../support/admin_world";
import type { Album, Shot, World } from "../support/shots";

async function prepare(url: string): Promise<World> {
  await askForAccount(url, "lea.weiss", "Dr. Lea Weiss");
  await askForAccount(url, "tom.vega", "Tom Vega", "compliance");
  const employed = await employ(url, "noor.haddad", "Dr. Noor Haddad");
  const { paula, adler, room_id } = await deletedAppointment(url, 3);
  const written = await adler.call<{ sequence: number }>("POST", `/api/rooms/${room_id}/messages`, {
    body: "Good morning.",
  });
  await adler.call("DELETE", `/api/rooms/${room_id}/messages/${written.sequence}`);
  return { employed, paula: paula.accountId };
}

const shots: Shot[] = [
  { name: "landing", login: null, path: () => "/", ready: "For patients" },
  { name: "log_in", login: null, path: () => "/login", ready: "No account yet?" },
  { name: "register", login: null, path: () => "/register", ready: "Register as a patient" },
  {
    name: "request_account",
    login: null,
    path: () => "/request-account",
    ready: "Ask for a staff account",
  },
  { name: "not_found", login: null, path: () => "/no-such-page", ready: "no such page" },
  { name: "settings", login: "dr.adler", path: () => "/settings", ready: "About you" },
  { name: "admin_home", login: "admin", path: () => "/home", ready: "Last deleted" },
  { name: "people", login: "admin", path: () => "/people", ready: "Dr. Noor Haddad" },
  {
    name: "person",
    login: "admin",
    path: ({ employed }) => `/people/${employed}`,
    ready: "Change the role",
  },
  {
    name: "no_such_person",
    login: "admin",
    path: () => `/people/${crypto.randomUUID()}`,
    ready: "no such page",
  },
  { name: "page_of_others", login: "admin", path: () => "/record", ready: "no such page" },
  { name: "approvals", login: "admin", path: () => "/approvals", ready: "Dr. Lea Weiss" },
  { name: "deleted", login: "admin", path: () => "/deleted", ready: "Message 2" },
  { name: "hide_message", login: "admin", path: () => "/deleted/hide", ready: "Hide a message" },
  { name: "system", login: "admin", path: () => "/system", ready: "Read models" },
];

export const admin: Album = { prepare, shots };
