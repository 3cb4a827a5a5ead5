import { beforeEach, describe, expect, test } from "vitest";
import { LiveError } from "~/live/commands";
import type { Ack, Command, MessagePosted } from "~/live/frames";
import { Outbox, type Pending } from "~/live/outbox";

interface Asked {
  command: Command;
  clientId: string;
  resolve: (ack: Ack) => void;
  reject: (error: Error) => void;
}

const asked: Asked[] = [];
const givenBack: Pending[] = [];
let outbox: Outbox;

beforeEach(() => {
  asked.length = 0;
  givenBack.length = 0;
  const send = (command: Command, clientId: string) =>
    new Promise<Ack>((resolve, reject) => asked.push({ command, clientId, resolve, reject }));
  outbox = new Outbox(send, (one) => givenBack.push(one));
});

const soon = () => Promise.resolve().then(() => undefined);
const states = (roomId = "r") => outbox.of(roomId).map(({ body, state }) => [body, state]);
const words = () => givenBack.map(({ accountId, roomId, body }) => [accountId, roomId, body]);

/** The server's answer to what was asked for last, or at a place of its own. */
async function refuse(code: string, at = asked.length - 1): Promise<void> {
  asked[at]?.reject(new LiveError(code));
  await soon();
}

async function accept(sequence: number, at = asked.length - 1): Promise<void> {
  const client_id = asked[at]?.clientId ?? "";
  asked[at]?.resolve({
    type: "ack",
    client_id,
    sequence,
    cursor: "e.1",
    recorded_at: null,
    replayed: false,
  });
  await soon();
}

function only(): Pending {
  const [one] = outbox.of("r");
  if (one === undefined) throw new Error("nothing is pending");
  return one;
}

function frameOf({ roomId, clientId, body }: Pending): MessagePosted {
  const at = { room_id: roomId, number: 7, cursor: "e.2", posted_at: "2026-01-01T00:00:00Z" };
  return { type: "message_posted", author_id: "paula", client_id: clientId, body, ...at };
}

describe("what was written", () => {
  test("is shown from the first moment until the feed has it", async () => {
    outbox.post("paula", "r", "one");
    expect(states()).toEqual([["one", "sending"]]);
    await accept(7);
    expect(only()).toMatchObject({ state: "sent", number: 7 });
    outbox.arrived(frameOf(only()));
    expect(outbox.pending.get().size).toBe(0);
  });

  test("is unsent until the server has answered", async () => {
    outbox.post("paula", "r", "one");
    expect(outbox.holdsUnsent()).toBe(true);
    await accept(7);
    expect(outbox.holdsUnsent()).toBe(false);
  });

  test("goes when everything is fetched anew, unless it was not sent", async () => {
    for (const body of ["written", "refused", "on its way"]) outbox.post("paula", "r", body);
    await accept(7, 0);
    await refuse("room_closed", 1);
    outbox.reset();
    expect(states()).toEqual([
      ["refused", "failed"],
      ["on its way", "sending"],
    ]);
  });
});

describe("what was refused", () => {
  beforeEach(async () => {
    outbox.post("paula", "r", "one");
    await refuse("room_closed");
  });

  test("stays, and says why", () => {
    expect(only()).toMatchObject({ body: "one", state: "failed", code: "room_closed" });
  });

  test("is sent again with the same id, so that it is not written twice", async () => {
    outbox.retry(only());
    expect(states()).toEqual([["one", "sending"]]);
    expect(asked.map(({ clientId }) => clientId)).toEqual([asked[0]?.clientId, asked[0]?.clientId]);
    await accept(7);
    expect(states()).toEqual([["one", "sent"]]);
  });

  test("is sent again with another id if that one stands for something else", async () => {
    outbox.retry(only());
    await refuse("client_id_reused");
    outbox.retry(only());
    expect(asked[2]?.clientId).not.toBe(asked[1]?.clientId);
    await accept(7);
    expect(only()).toMatchObject({ clientId: asked[2]?.clientId, state: "sent" });
  });

  test("is thrown away alone", async () => {
    outbox.post("paula", "r", "two");
    outbox.discard(only());
    expect(states()).toEqual([["two", "sending"]]);
  });
});

describe("at the end of the session", () => {
  test("unsent words go back to their author, in order, and nothing is left", async () => {
    outbox.post("paula", "r", "written");
    outbox.post("paula", "r", "refused");
    outbox.post("paula", "r", "waiting");
    outbox.post("paula", "s", "elsewhere");
    await accept(7, 0);
    await refuse("room_closed", 1);
    outbox.end();
    expect(outbox.pending.get().size).toBe(0);
    expect(words()).toEqual([
      ["paula", "r", "refused"],
      ["paula", "r", "waiting"],
      ["paula", "s", "elsewhere"],
    ]);
  });

  test("what waited is not given back once more when its command is turned away", async () => {
    outbox.post("paula", "r", "waiting");
    outbox.end();
    await refuse("signed_out");
    expect(words()).toEqual([["paula", "r", "waiting"]]);
    expect(outbox.pending.get().size).toBe(0);
  });

  test("what is written after it goes back at once", async () => {
    outbox.end();
    outbox.post("paula", "r", "too late");
    await refuse("signed_out");
    expect(words()).toEqual([["paula", "r", "too late"]]);
    expect(outbox.pending.get().size).toBe(0);
  });

  test("nobody sends again what was given back", async () => {
    outbox.post("paula", "r", "refused");
    await refuse("room_closed");
    const had = only();
    outbox.end();
    outbox.retry(had);
    expect(asked).toHaveLength(1);
  });
});
