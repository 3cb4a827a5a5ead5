/**
 * The one module that owns the socket: it comes back when the line was lost, goes on from where
 * it was, and asks again for what was not answered. It knows nothing of what frames mean.
 */
import { ApiError } from "~/api/errors";
import { backoff } from "~/live/backoff";
import { Commands, LiveError } from "~/live/commands";
import {
  type Ack,
  type Command,
  type Cursor,
  cursorOf,
  parseFrame,
  type ServerFrame,
  type Welcome,
} from "~/live/frames";

export type Connection =
  /** Nobody is signed in, or the role has no feed. */
  | { status: "off" }
  | { status: "connecting" }
  | { status: "live" }
  /** The next attempt is at `until`, in milliseconds. */
  | { status: "waiting"; until: number }
  /** The machine has no network. */
  | { status: "offline" };

/** What a browser's WebSocket has, as far as it is used. */
export interface Line {
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number }) => void) | null;
  send(text: string): void;
  close(): void;
}

export interface Surroundings {
  /** Opens one socket, once; throws the server's refusal. */
  ticket(): Promise<string>;
  open(protocols: string[]): Line;
  online(): boolean;
  /** A state frame or passing news; state is dealt with when this returns. */
  onFrame(frame: ServerFrame): void;
  /** Everything that was fetched is out of date. */
  onReset(cursor: Cursor): void;
  onConnection(connection: Connection): void;
  /** The session is over. */
  onRevoked(): void;
}

const PROTOCOL = "anamnesis.v1";
/** A line on which a command waits longer than this for its answer is taken for dead. */
const ANSWER_MS = 15_000;
/** Nothing came of the attempt to connect. */
const CONNECT_MS = 15_000;

export class LiveSocket {
  #connection: Connection = { status: "off" };
  #running = false;
  #cursor: Cursor | null = null;
  #line: Line | null = null;
  #attempt = 0;
  /** Counts what began to connect, so that what was overtaken can be told. */
  #begun = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #watch: ReturnType<typeof setTimeout> | null = null;
  readonly #commands: Commands;

  constructor(readonly around: Surroundings) {
    this.#commands = new Commands((text) => this.#say(text));
  }

  connection(): Connection {
    return this.#connection;
  }

  /** Where this client stands in the log. */
  cursor(): Cursor | null {
    return this.#cursor;
  }

  start(): void {
    if (this.#running) return;
    this.#running = true;
    this.#cursor = null;
    this.#attempt = 0;
    void this.#connect();
  }

  /** What was not answered yet is refused as `signed_out`. */
  stop(): void {
    this.#running = false;
    this.#hangUp();
    this.#commands.end();
    this.#set({ status: "off" });
  }

  /** Carried out once, also if the line is lost on the way. Throws a {@link LiveError}. */
  command(command: Command, clientId: string): Promise<Ack> {
    if (!this.#running) return Promise.reject(new LiveError("signed_out"));
    return this.#commands.add({ ...command, client_id: clientId });
  }

  /** Passing news, which nobody misses when it is lost. */
  typing(roomId: string): void {
    if (this.#connection.status === "live") this.#say({ type: "typing", room_id: roomId });
  }

  /** The network is back, or somebody looks at the page again. */
  retryNow(): void {
    const waits = this.#connection.status === "waiting" || this.#connection.status === "offline";
    if (!this.#running || !waits) return;
    this.#attempt = 0;
    this.#clear();
    void this.#connect();
  }

  /** The machine says that it has no network: what is open is dead, although nobody hears so. */
  lost(): void {
    if (!this.#running) return;
    this.#hangUp();
    this.#set({ status: "offline" });
  }

  async #connect(): Promise<void> {
    if (!this.around.online()) {
      this.#set({ status: "offline" });
      return;
    }
    this.#set({ status: "connecting" });
    this.#attempt += 1;
    const begun = ++this.#begun;
    const ticket = await this.around.ticket().catch((error: unknown) => error);
    if (begun !== this.#begun) return;
    if (typeof ticket !== "string") this.#refused(ticket);
    else this.#open(ticket);
  }

  #open(ticket: string): void {
    const line = this.around.open([PROTOCOL, `ticket.${ticket}`]);
    this.#line = line;
    this.#watchFor(CONNECT_MS);
    line.onopen = () => {
      const after = this.#cursor;
      line.send(JSON.stringify(after === null ? { type: "hello" } : { type: "hello", after }));
    };
    line.onmessage = ({ data }) => {
      if (line === this.#line && typeof data === "string") this.#hear(data);
    };
    line.onclose = () => {
      if (line === this.#line) this.#comeBack();
    };
  }

  #hear(text: string): void {
    const frame = parseFrame(text);
    if (frame === null) return;
    if (frame.type === "welcome" || frame.type === "reset") this.#letIn(frame);
    else if (frame.type === "ack") this.#answered(() => this.#commands.ack(frame));
    else if (frame.type === "error" && frame.client_id !== null) {
      this.#answered(() => this.#commands.refuse(frame));
    } else if (frame.type === "error") this.#notLetIn(frame.code);
    else if (frame.type === "bye") this.#bye(frame.code);
    else this.#news(frame);
  }

  #letIn(frame: Welcome): void {
    if (frame.type === "reset") {
      this.around.onReset(frame.cursor);
      this.#cursor = frame.cursor;
    }
    this.#attempt = 0;
    this.#watchFor(null);
    this.#set({ status: "live" });
    this.#commands.again();
  }

  /** Only when a frame was dealt with does the client stand after it. */
  #news(frame: ServerFrame): void {
    this.around.onFrame(frame);
    this.#cursor = cursorOf(frame) ?? this.#cursor;
  }

  #answered(settle: () => void): void {
    this.#watchFor(null);
    settle();
  }

  #notLetIn(code: string): void {
    if (this.#connection.status !== "connecting") return;
    if (code === "session_revoked") this.around.onRevoked();
    // Start anew: this history is over.
    else if (code === "cursor_invalid") this.#cursor = null;
    else if (code === "forbidden") this.stop();
  }

  #bye(code: string): void {
    if (code === "session_revoked") this.around.onRevoked();
  }

  #refused(error: unknown): void {
    if (error instanceof ApiError && error.status === 403) this.stop();
    else this.#comeBack();
  }

  #comeBack(): void {
    this.#hangUp();
    if (!this.#running) return;
    if (!this.around.online()) {
      this.#set({ status: "offline" });
      return;
    }
    const wait = backoff(this.#attempt);
    this.#set({ status: "waiting", until: Date.now() + wait });
    this.#timer = setTimeout(() => void this.#connect(), wait);
  }

  #say(frame: object): void {
    if (this.#connection.status !== "live" || this.#line === null) return;
    this.#line.send(JSON.stringify(frame));
    if ("client_id" in frame) this.#watchFor(ANSWER_MS);
  }

  #watchFor(ms: number | null): void {
    if (this.#watch !== null) clearTimeout(this.#watch);
    this.#watch = ms === null ? null : setTimeout(() => this.#comeBack(), ms);
  }

  #hangUp(): void {
    this.#begun += 1;
    this.#clear();
    this.#watchFor(null);
    const line = this.#line;
    this.#line = null;
    this.#commands.lineLost();
    line?.close();
  }

  #clear(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #set(connection: Connection): void {
    this.#connection = connection;
    this.around.onConnection(connection);
  }
}
