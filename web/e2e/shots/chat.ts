/** The pages of the chat, for the product's pictures. */
import { book, post } from "../support/chat";
import { Caller } from "../support/people";
import type { Album, Shot, World } from "../support/shots";

async function prepare(url: string): Promise<World> {
  const paula = await Caller.logIn(url, "paula");
  const adler = await Caller.logIn(url, "dr.adler");
  const okafor = await Caller.logIn(url, "dr.okafor");
  const { room_id: room } = await book(paula, adler.accountId);
  const { room_id: other } = await book(paula, okafor.accountId);
  const first = await post(
    paula,
    room,
    "Good morning, doctor. I have been coughing since Sunday, mostly at night.",
  );
  await post(paula, room, "Should I come earlier?");
  const answer = await post(adler, room, "Good morning, Paula.");
  await adler.call("PATCH", `/api/rooms/${room}/messages/${answer}`, {
    body: "Good morning, Paula. Please take your temperature this evening and tell me.",
  });
  await adler.call("PUT", `/api/rooms/${room}/messages/${first}/reactions/sad`);
  await paula.call("PUT", `/api/rooms/${room}/messages/${answer}/reactions/thanks`);
  await adler.call("POST", `/api/rooms/${room}/read`, { through: answer });
  await paula.call("POST", `/api/rooms/${room}/read`, { through: answer });
  await post(paula, room, "38.2 🤒");
  await post(okafor, other, "Your X-ray is fine. See you in spring!");
  return { room };
}

const shots: Shot[] = [
  { name: "messages", login: "paula", path: () => "/messages", ready: "Your X-ray is fine" },
  {
    name: "conversation",
    login: "paula",
    path: ({ room }) => `/messages/${room}`,
    ready: "Please take your temperature",
  },
  { name: "messages-doctor", login: "dr.adler", path: () => "/messages", ready: "Paula" },
];

export const chat: Album = { prepare, shots };
