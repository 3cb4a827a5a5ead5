import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { backoff } from "~/live/backoff";
import type { ServerFrame } from "~/live/frames";
import { type Line, LiveSocket } from "~/live/socket";

class FakeLine implements Line {
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  readonly sent: Record<string, unknown>[] = [];
  closed = false;
  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }
  close(): void {
    this.closed = true;
  }
  hear(frame: object): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
  /** Opens, and is let in. */
  letIn(type: "welcome" | "reset" = "reset", cursor = "e.1"): this {
    this.onopen?.();
    this.hear({ type, account_id: "me", cursor });
    return this;
  }
}

const lines: FakeLine[] = [];
const offered: string[][] = [];
const heard: ServerFrame[] = [];
const resets: string[] = [];
let online = true;
let socket: LiveSocket;

beforeEach(() => {
  vi.useFakeTimers();
  for (const list of [lines, offered, heard, resets]) list.length = 0;
  online = true;
  socket = new LiveSocket({
    ticket: async () => "t1",
    open: (protocols) => {
      offered.push(protocols);
      lines.push(new FakeLine());
      return lines.at(-1) as FakeLine;
    },
    online: () => online,
    onFrame: (frame) => heard.push(frame),
    onReset: (cursor) => resets.push(cursor),
    onConnection: () => undefined,
    onRevoked: () => undefined,
  });
});
afterEach(() => {
  socket.stop();
  vi.useRealTimers();
});

const line = () => lines.at(-1) as FakeLine;
const soon = () => vi.advanceTimersByTimeAsync(0);
const later = () => vi.advanceTimersByTimeAsync(30_000);
const ack = (client_id: unknown) => ({
  type: "ack",
  client_id,
  sequence: 2,
  cursor: "e.9",
  recorded_at: null,
  replayed: false,
});
const post = (body: string) => ({ type: "post_message", room_id: "r", body }) as const;

async function begin(): Promise<void> {
  socket.start();
  await soon();
  line().letIn();
}

describe("connecting", () => {
  test("offers the protocol and the ticket, and starts anew without a cursor", async () => {
    await begin();
    expect(offered).toEqual([["anamnesis.v1", "ticket.t1"]]);
    expect(line().sent).toEqual([{ type: "hello" }]);
    expect(resets).toEqual(["e.1"]);
    expect(socket.connection()).toEqual({ status: "live" });
  });

  test("comes back with the cursor of the last frame that was dealt with", async () => {
    await begin();
    line().hear({ type: "notices_seen", through: "e.1", cursor: "e.5" });
    line().hear({ type: "typing", room_id: "r", by: "x" });
    line().hear(ack("unknown"));
    line().onclose?.({ code: 1006 });
    expect(socket.connection().status).toBe("waiting");
    await later();
    line().letIn("welcome", "e.5");
    expect(line().sent).toEqual([{ type: "hello", after: "e.5" }]);
    expect(resets).toHaveLength(1);
    expect(heard.map(({ type }) => type)).toEqual(["notices_seen", "typing"]);
  });

  test("starts anew when its history is over", async () => {
    await begin();
    line().onclose?.({ code: 1006 });
    await later();
    line().onopen?.();
    line().hear({ type: "error", client_id: null, code: "cursor_invalid" });
    line().onclose?.({ code: 1008 });
    await later();
    line().onopen?.();
    expect(line().sent).toEqual([{ type: "hello" }]);
  });

  test("waits for the network, and comes back at once when it is there", async () => {
    await begin();
    online = false;
    socket.lost();
    expect(line().closed).toBe(true);
    expect(socket.connection()).toEqual({ status: "offline" });
    await later();
    expect(lines).toHaveLength(1);
    online = true;
    socket.retryNow();
    await soon();
    expect(lines).toHaveLength(2);
  });

  test("what an old line still says is not heard", async () => {
    await begin();
    const old = line();
    old.onclose?.({ code: 1006 });
    await later();
    line().letIn("welcome");
    old.hear({ type: "notices_seen", through: "e.1", cursor: "e.99" });
    expect(socket.cursor()).toBe("e.1");
  });
});

describe("commands", () => {
  test("wait for the line, and go in order, one after the other", async () => {
    socket.start();
    const first = socket.command(post("one"), "1");
    const second = socket.command(post("two"), "2");
    await soon();
    line().letIn();
    expect(line().sent.slice(1)).toEqual([{ ...post("one"), client_id: "1" }]);
    line().hear(ack("1"));
    await expect(first).resolves.toMatchObject({ sequence: 2 });
    expect(line().sent.slice(2)).toEqual([{ ...post("two"), client_id: "2" }]);
    line().hear({ type: "error", client_id: "2", code: "room_closed" });
    await expect(second).rejects.toMatchObject({ code: "room_closed" });
  });

  test("what was not answered is sent again, with the same id", async () => {
    await begin();
    const said = socket.command(post("one"), "1");
    line().onclose?.({ code: 1011 });
    await later();
    line().letIn("welcome");
    expect(line().sent.slice(1)).toEqual([{ ...post("one"), client_id: "1" }]);
    line().hear(ack("1"));
    await said;
  });

  test("what passes is tried again, and nothing overtakes it", async () => {
    await begin();
    const said = socket.command(post("one"), "1");
    void socket.command(post("two"), "2").catch(() => undefined);
    line().hear({ type: "error", client_id: "1", code: "outcome_unknown" });
    await vi.advanceTimersByTimeAsync(5_000);
    expect(
      line()
        .sent.slice(1)
        .map(({ client_id }) => client_id),
    ).toEqual(["1", "1"]);
    line().hear(ack("1"));
    await said;
  });

  test("a line that does not answer is given up", async () => {
    await begin();
    void socket.command(post("one"), "1").catch(() => undefined);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(lines.length).toBeGreaterThan(1);
  });

  test("there is an end to how many may wait", async () => {
    const all = Array.from({ length: 501 }, () => post("x"));
    socket.start();
    const answers = all.map((one, at) => socket.command(one, String(at)));
    for (const answer of answers) answer.catch(() => undefined);
    await expect(answers.at(-1)).rejects.toMatchObject({ code: "too_many_waiting" });
  });

  test("the marks of the page go behind what somebody wrote", async () => {
    socket.start();
    const mark = { type: "mark_read", room_id: "r", through: 3 } as const;
    void socket.command(mark, "m").catch(() => undefined);
    void socket.command(post("one"), "1").catch(() => undefined);
    await soon();
    line().letIn();
    expect(line().sent[1]).toMatchObject({ client_id: "1" });
  });
});

test("the wait grows, has some chance in it, and an end", () => {
  expect(backoff(1, () => 0)).toBe(250);
  expect(backoff(1, () => 1)).toBe(500);
  expect(backoff(4, () => 1)).toBe(4_000);
  expect(backoff(50, () => 1)).toBe(20_000);
});
