/**
 * The promise of the live feed, held by the client's own store against the real server: whatever
 * happens, and however the frames come, what was there plus the frames is what a fresh fetch
 * gives.
 */
import { afterAll, beforeAll, expect, test } from "vitest";
import { keys } from "~/api/keys";
import { Follower } from "./store/follower";
import { asAnOlderServer } from "./store/olderServer";
import { World } from "./store/world";
import { book } from "./support/chat";
import { Caller } from "./support/people";
import { Server } from "./support/server";

const LAPS = 2;
/** A failure says which one it was; put it here to see the same again. */
const SEED = Number(process.env.STORE_SEED ?? Date.now() % 1_000_000);

/** Every frame that changes what is shown, but for who is connected right now. */
const KINDS = [
  "account_approved",
  "account_availability_changed",
  "account_deactivated",
  "account_profile_changed",
  "account_refused",
  "account_registered",
  "account_requested",
  "account_restored",
  "account_role_changed",
  "account_specialty_changed",
  "account_unreadable",
  "appointment_booked",
  "appointment_cancelled",
  "appointment_completed",
  "appointment_deleted",
  "appointment_no_show",
  "appointment_rescheduled",
  "appointment_restored",
  "appointment_unreadable",
  "consultation_amended",
  "consultation_deleted",
  "consultation_opened",
  "consultation_restored",
  "consultation_saved",
  "consultation_signed",
  "correction_accepted",
  "correction_declined",
  "correction_requested",
  "hidden_message_decided",
  "message_edited",
  "message_hidden",
  "message_posted",
  "message_restored",
  "message_retracted",
  "messages_delivered",
  "messages_read",
  "notices_seen",
  "reaction_added",
  "reaction_removed",
  "record_opened",
  "review_due",
  "room_closed",
  "room_opened",
  "room_reopened",
  "unreadable",
];

let server: Server;
beforeAll(async () => {
  server = await Server.start();
});
afterAll(() => server.stop());

/** Small, and the same for the same seed. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

test("what was there plus the frames is what a fresh fetch gives", {
  timeout: 240_000,
}, async () => {
  const random = dice(SEED);
  const [paula, adler, okafor, admin, officer] = await Promise.all([
    Caller.logIn(server.url, "paula"),
    Caller.logIn(server.url, "dr.adler"),
    Caller.logIn(server.url, "dr.okafor"),
    Caller.logIn(server.url, "admin"),
    Caller.logIn(server.url, "compliance"),
  ]);
  await World.alwaysOpen(adler);
  await World.alwaysOpen(okafor);
  const { room_id: room } = await book(paula, adler.accountId);
  const world = new World({ paula, adler, okafor, admin, officer }, random, room);
  const followers = {
    paula: new Follower("paula", paula),
    adler: new Follower("adler", adler),
    admin: new Follower("admin", admin),
  };
  const all = Object.values(followers);
  await Promise.all(all.map((one) => one.begin()));
  await lookAtEverything(followers, room);

  const compare = async (after: string) => {
    for (const one of all) {
      await one.catchUp();
      for (const { key, had, fresh } of await one.both()) {
        expect(had, `${key} after ${after}, seed ${SEED}`).toEqual(fresh);
      }
    }
  };
  for (let lap = 0; lap < LAPS; lap += 1) {
    for (const [name, act] of shuffled(Object.entries(world.actions), random)) {
      await act();
      await Promise.all(all.map((one) => deliver(one, random)));
      if (random() < 0.15) await compare(name);
    }
    await compare(`lap ${lap}`);
  }

  // What a first booking opens, and what only becomes possible once a time has come.
  await world.book(okafor);
  const soon = await world.book(adler, new Date(Date.now() + 5_000));
  const path = `/api/appointments/${soon.appointment_id}`;
  await until(() => adler.call("PATCH", path, { status: "no_show" }));
  await adler.call("PATCH", path, { status: "completed" });
  await compare("a no-show");

  // Nobody keeps a cursor for a server that went away: it goes on where it was.
  await world.consultWithReview(new Date());
  await server.kill();
  await server.up();
  for (const one of [followers.paula, followers.adler]) await one.hear("review_due");
  await compare("a restart");

  const seen = new Set(all.flatMap((one) => [...one.kinds]));
  const found = [...seen].filter((kind) => kind !== "presence").sort();
  expect(found, `seed ${SEED}`).toEqual(KINDS);
});

/**
 * As lines do: cut off in the middle, said again from an earlier place, or all at once; now and
 * then by a server that is older than the others.
 */
async function deliver(one: Follower, random: () => number): Promise<void> {
  const frames = await one.poll();
  const way = random();
  // Dropped: the rest comes again after the last that was dealt with.
  const taken = way < 0.4 ? frames.slice(0, Math.floor(random() * (frames.length + 1))) : frames;
  for (const frame of taken) {
    one.take(random() < 0.1 ? asAnOlderServer(frame, one.name === "adler") : frame);
    // Fetches that began before a frame end after it.
    if (random() < 0.1) one.store.refresh(keys.rooms);
    if (random() < 0.1) one.store.refresh(keys.eachMessages);
    if (random() < 0.2) await new Promise((resolve) => setTimeout(resolve, random() * 4));
  }
  // Said again, and so in another order than before.
  if (way > 0.7) one.goBack(Math.floor(random() * 30));
}

async function lookAtEverything(
  { paula, adler, admin }: Record<"paula" | "adler" | "admin", Follower>,
  room: string,
): Promise<void> {
  for (const one of [paula, adler]) {
    await one.lookAtRooms();
    await one.lookAtRoom(room);
    await one.look({
      key: [...keys.roomSearches, "a"],
      fetch: () => one.post("/api/rooms/search", { name: "a" }),
      kept: "rooms",
    });
    const get = (key: readonly string[], path: string) =>
      one.look({ key: [...key, "of the test"], fetch: () => one.get(path) });
    await get(keys.appointments, "/api/appointments?order=latest&limit=100");
    await get(keys.consultations, "/api/consultations?limit=50");
    await get(keys.notices, "/api/notifications?limit=100");
  }
  const get = (one: Follower, key: readonly string[], path: string) =>
    one.look({ key: [...key, "of the test"], fetch: () => one.get(path) });
  const to = new Date(Date.now() + 10 * 86_400_000).toISOString();
  const from = new Date(Date.now() + 3_600_000).toISOString();
  const period = `from=${from}&to=${to}`;
  await get(paula, keys.slots, `/api/doctors/${adler.caller.accountId}/slots?${period}`);
  await get(paula, keys.medicines, "/api/medicines?limit=50");
  await get(paula, keys.contacts, "/api/contacts");
  await get(admin, keys.people, "/api/users?limit=100");
  await get(admin, keys.approvals, "/api/approvals");
  await get(admin, keys.notices, "/api/notifications?limit=100");
}

function shuffled<T>(things: readonly T[], random: () => number): T[] {
  return things
    .map((thing) => ({ thing, at: random() }))
    .sort((one, other) => one.at - other.at)
    .map(({ thing }) => thing);
}

async function until<T>(attempt: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!String(error).includes("appointment_not_begun")) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
