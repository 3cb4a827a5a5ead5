/** The compliance officer's pages, for pictures. */
import { type Story, tellStory } from "../support/compliance_story";
import { Caller } from "../support/people";
import type { Album, Shot, World } from "../support/shots";

/** Tells the story, and opens the record of its patient. */
async function prepare(url: string): Promise<World> {
  const { astray, ...story }: Story = await tellStory(url);
  const officer = await Caller.logIn(url, "compliance");
  const { grant_id } = await officer.call<{ grant_id: string }>("POST", "/api/audit/grants", {
    patient_id: story.paula,
    reason: "A complaint about who has read the record",
    minutes: 60,
  });
  const filters = { outcome: "denied" };
  await officer.call("POST", "/api/audit/searches", { name: "Strangers", filters });
  const note = "One attempt by a doctor who is not hers. He was asked about it.";
  await officer.call("POST", "/api/audit/reviews", { filters, note });
  const timeline = await officer.call<{ events: { action: string; position: number }[] }>(
    "GET",
    `/api/audit/timeline/room/${story.room}`,
  );
  const taken = timeline.events.find(({ action }) => action === "message_retracted");
  return { ...story, grant: grant_id, astray: String(astray), taken: String(taken?.position) };
}

const login = "compliance";

const shots: Shot[] = [
  { name: "compliance_home", login, path: () => "/home", ready: "Refused attempts" },
  { name: "compliance_audit", login, path: () => "/audit", ready: "Show more" },
  {
    name: "compliance_reviews",
    login,
    path: () => "/audit/reviews",
    ready: "One attempt by a doctor",
  },
  { name: "compliance_export", login, path: () => "/audit/export", ready: "Fetch the file" },
  { name: "compliance_replay", login, path: () => "/replay", ready: "From position" },
  {
    name: "compliance_timeline",
    login,
    path: ({ room }) => `/timeline/room/${room}`,
    ready: "Paula Moreno took message 4 back",
  },
  {
    name: "compliance_as_of_room",
    login,
    path: ({ room, taken }) => `/as-of/room/${room}?position=${taken}`,
    ready: "Message 4: taken back",
  },
  {
    name: "compliance_as_of_consultation",
    login,
    path: ({ consultation }) => `/as-of/consultation/${consultation}`,
    ready: "Who wrote which part",
  },
  {
    name: "compliance_as_of_appointment",
    login,
    path: ({ appointment }) => `/as-of/appointment/${appointment}`,
    ready: "Who had access",
  },
  {
    name: "compliance_could_see",
    login,
    path: ({ paula }) => `/could-see?person=${paula}`,
    ready: "1 conversation",
  },
  { name: "compliance_break_glass", login, path: () => "/break-glass", ready: "Grants" },
  {
    name: "compliance_open_record",
    login,
    path: ({ grant, room }) => `/break-glass/${grant}?record=${room}`,
    ready: "Good morning. I cough since Saturday.",
  },
  { name: "compliance_reports", login, path: () => "/reports", ready: "Waits for a decision" },
];

export const compliance: Album = { prepare, shots };
