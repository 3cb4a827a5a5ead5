/** The real server, as a process of its own, with a private PostgreSQL in a folder of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** The program that `cargo build` or `cargo test` left; CI may name another. */
const PROGRAM =
  process.env.E2E_PROGRAM ?? new URL("../../../target/debug/anamnesis", import.meta.url).pathname;
const PATIENCE_MS = 60_000;

export class Server {
  #process: ChildProcess | null = null;
  #port = 0;

  private constructor(readonly folder: string) {}

  /** Starts one with the demo's people: paula, dr.adler, dr.okafor, admin and compliance. */
  static async start(): Promise<Server> {
    const folder = await mkdtemp(join(tmpdir(), "anamnesis-e2e-"));
    // PostgreSQL's user must get there, where the tests run as root.
    await chmod(folder, 0o711);
    const server = new Server(folder);
    await server.up();
    return server;
  }

  get url(): string {
    return `http://localhost:${this.#port}`;
  }

  /** Starts the process, on the port it had before if it had one. */
  async up(): Promise<void> {
    const child = spawn(PROGRAM, ["serve", "--demo"], {
      env: {
        ...process.env,
        ANAMNESIS_DATA_DIR: this.folder,
        ANAMNESIS_HTTP__LISTEN: `127.0.0.1:${this.#port}`,
        ANAMNESIS_METRICS__LISTEN: "127.0.0.1:0",
        // One person logs in for each test, in a row.
        ANAMNESIS_LIMITS__SIGN_INS_PER_NAME: "100",
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#process = child;
    this.#port = await listening(child);
  }

  /** As when the power fails: no goodbye. */
  async kill(): Promise<void> {
    await this.#end("SIGKILL");
  }

  /** Stops it and throws its folder away. */
  async stop(): Promise<void> {
    await this.#end("SIGTERM");
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#process;
    if (child === null || child.exitCode !== null) return;
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill(signal);
    await ended;
    this.#process = null;
  }
}

/** Reads the log until it says where it listens, and on to its end. */
function listening(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    const lines: string[] = [];
    const fail = (why: string) => reject(new Error(`${why}:\n${lines.join("\n")}`));
    const late = setTimeout(() => fail("the server did not start"), PATIENCE_MS);
    if (child.stderr === null || child.stdout === null) throw new Error("the log is piped");
    child.stdout.resume();
    createInterface({ input: child.stderr }).on("line", (line) => {
      lines.push(line);
      const port = portOf(line);
      if (port === null) return;
      clearTimeout(late);
      resolve(port);
    });
    child.once("exit", (code) => fail(`the server ended with ${code}`));
  });
}

function portOf(line: string): number | null {
  const found = /"message":"listening","address":"[^"]*:(\d+)"/.exec(line);
  return found?.[1] === undefined ? null : Number(found[1]);
}
