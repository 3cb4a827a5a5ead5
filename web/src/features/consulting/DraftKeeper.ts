/**
 * Keeps a draft on the server while it is being written. It knows nothing of React: it is told
 * what was typed and what the server has, and says how it stands. What is not saved is also kept
 * in `session/drafts`, so it outlives leaving the page and being logged off.
 */
import { ApiError } from "~/api/errors";
import { type Changes, type Content, changesBetween, type Part, sameContent } from "./content";
import { merge, take, takeBoth } from "./merge";

/** What the server has, and its version. */
export interface Kept {
  content: Content;
  version: number;
}

/** How the keeper reaches the outside world. */
export interface Ways {
  save(changes: Changes, version: number, clientId: string): Promise<Kept>;
  read(): Promise<Kept>;
  /** Empty words mean that nothing has to be kept any more. */
  keep(words: string): void;
}

export type Standing =
  | { state: "saved"; at: Date | null }
  | { state: "changed" | "saving" | "retrying" }
  /** The other window's words are in `there`; nothing is saved until somebody chose. */
  | { state: "conflict"; parts: Part[]; there: Content }
  /** The server will not take it, however often; with another word it may. */
  | { state: "refused"; error: ApiError }
  /** It was signed elsewhere, or is not there any more. */
  | { state: "over"; error: ApiError };

export interface DraftView {
  content: Content;
  version: number;
  standing: Standing;
  /** Words of another window were put in. */
  joined: boolean;
}

export type Choice = "here" | "there" | "both";

/** Long enough not to save every word, short enough not to lose a sentence. */
const PAUSE_MS = 1_200;
const UNSAVED_MAX_MS = 8_000;
const BACKOFF_MS = [1_000, 2_000, 4_000, 8_000];

interface Attempt {
  changes: Changes;
  version: number;
  clientId: string;
}

export class DraftKeeper {
  #base: Kept;
  /** During a conflict: what both sides began from. */
  #common: Kept | null = null;
  #view: DraftView;
  #attempt: Attempt | null = null;
  #failures = 0;
  #unsavedSince: number | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> | null = null;
  #left = false;
  readonly #listeners = new Set<() => void>();

  constructor(
    kept: Kept,
    /** What `keep` was given the last time, if anything. */
    words: string,
    private readonly ways: Ways,
  ) {
    this.#base = kept;
    this.#view = {
      content: kept.content,
      version: kept.version,
      standing: { state: "saved", at: null },
      joined: false,
    };
    const before = unpack(words);
    if (before !== null) this.#takeUp(before, kept);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly view = (): DraftView => this.#view;

  edit(content: Content): void {
    if (this.#view.standing.state === "over") return;
    this.#set({ content });
    this.#keep();
    if (this.#view.standing.state === "conflict") return;
    if (this.#attempt === null) this.#set({ standing: { state: "changed" } });
    this.#unsavedSince ??= Date.now();
    const left = this.#unsavedSince + UNSAVED_MAX_MS - Date.now();
    if (this.#running === null && this.#attempt === null) this.#after(Math.min(PAUSE_MS, left));
  }

  /** Saves now what is not saved yet. True when the server then has it all. */
  async flush(): Promise<boolean> {
    if (this.#running !== null) await this.#running;
    await this.#save();
    if (this.#view.standing.state === "changed") await this.#save();
    return this.#view.standing.state === "saved";
  }

  /** The server has something else than was known: another window, or a fetch. */
  heard(kept: Kept): void {
    if (kept.version <= this.#base.version || this.#running !== null) return;
    if (this.#attempt !== null || this.#view.standing.state === "over") return;
    this.#join(kept);
  }

  /** For each part of a conflict, whose words stand. */
  resolve(choices: Partial<Record<Part, Choice>>): void {
    const { standing, content } = this.#view;
    if (standing.state !== "conflict") return;
    const chosen = { ...content };
    for (const part of standing.parts) {
      const choice = choices[part] ?? "both";
      if (choice === "there") take(chosen, standing.there, part);
      if (choice === "both") takeBoth(chosen, content, standing.there, part);
    }
    this.#common = null;
    this.#set({ content: chosen, standing: { state: "changed" } });
    this.#keep();
    void this.#save();
  }

  /** The page is left. One more attempt is made; what fails stays in the kept words. */
  leave(): void {
    this.#left = true;
    clearTimeout(this.#timer);
    if (this.#running === null) void this.#save();
  }

  /** The page is there again (in development React leaves and comes back at once). */
  stay(): void {
    this.#left = false;
  }

  /** Takes up words that were kept: on their own base, so that other people's are seen. */
  #takeUp(before: { base: Kept; content: Content }, kept: Kept): void {
    const { content, conflicts } = merge(before.base.content, before.content, kept.content);
    this.#set({ content });
    if (conflicts.length > 0) this.#conflict(conflicts, before.base, kept);
    else if (changesBetween(kept.content, content) === null) this.ways.keep("");
    else this.edit(content);
  }

  #join(kept: Kept): void {
    const common = this.#common ?? this.#base;
    const { content, conflicts } = merge(common.content, this.#view.content, kept.content);
    const joined = this.#view.joined || !sameContent(content, this.#view.content);
    this.#base = kept;
    this.#set({ content, version: kept.version, joined });
    if (conflicts.length > 0) {
      this.#conflict(conflicts, common, kept);
      return;
    }
    this.#common = null;
    this.#keep();
    if (changesBetween(kept.content, content) === null) {
      this.#set({ standing: { state: "saved", at: new Date() } });
    } else {
      this.#set({ standing: { state: "changed" } });
      this.#after(0);
    }
  }

  #conflict(parts: Part[], common: Kept, there: Kept): void {
    clearTimeout(this.#timer);
    this.#common = common;
    this.#set({ standing: { state: "conflict", parts, there: there.content } });
    this.#keep();
  }

  async #save(): Promise<void> {
    clearTimeout(this.#timer);
    const { state } = this.#view.standing;
    if (state === "conflict" || state === "over") return;
    // An attempt whose outcome is not known is made again as it was, whatever was typed since.
    const attempt = this.#attempt ?? this.#nextAttempt();
    if (attempt === null) return;
    this.#attempt = attempt;
    this.#unsavedSince = null;
    if (this.#failures === 0) this.#set({ standing: { state: "saving" } });
    this.#running = this.#send(attempt);
    await this.#running;
  }

  #nextAttempt(): Attempt | null {
    const changes = changesBetween(this.#base.content, this.#view.content);
    if (changes !== null) {
      return { changes, version: this.#base.version, clientId: crypto.randomUUID() };
    }
    const { standing } = this.#view;
    if (standing.state !== "saved") this.#set({ standing: { state: "saved", at: new Date() } });
    this.#unsavedSince = null;
    this.#keep();
    return null;
  }

  async #send({ changes, version, clientId }: Attempt): Promise<void> {
    try {
      const kept = await this.ways.save(changes, version, clientId);
      this.#settled();
      this.#base = kept;
      const more = changesBetween(kept.content, this.#view.content) !== null;
      const standing: Standing = more ? { state: "changed" } : { state: "saved", at: new Date() };
      this.#set({ version: kept.version, standing });
      this.#keep();
      if (more) this.#after(PAUSE_MS);
    } catch (error) {
      await this.#failed(error);
    } finally {
      this.#running = null;
    }
  }

  async #failed(error: unknown): Promise<void> {
    if (!(error instanceof ApiError) || error.status >= 500 || error.status === 429) {
      return this.#again();
    }
    this.#settled();
    if (error.status === 412) return this.#catchUp();
    const over = error.status === 404 || error.code === "consultation_signed";
    // The token was renewed by now, or somebody was logged off: then the words wait in memory.
    if (error.status === 401) return this.#again();
    this.#set({ standing: { state: over ? "over" : "refused", error } });
  }

  async #catchUp(): Promise<void> {
    try {
      this.#join(await this.ways.read());
    } catch {
      this.#again();
    }
  }

  #again(): void {
    this.#set({ standing: { state: "retrying" } });
    const wait = BACKOFF_MS[Math.min(this.#failures, BACKOFF_MS.length - 1)] ?? 0;
    this.#failures += 1;
    this.#after(wait);
  }

  #settled(): void {
    this.#attempt = null;
    this.#failures = 0;
  }

  #after(ms: number): void {
    clearTimeout(this.#timer);
    if (this.#left) return;
    this.#timer = setTimeout(() => void this.#save(), Math.max(0, ms));
  }

  #keep(): void {
    const { content } = this.#view;
    const all = this.#common === null && sameContent(this.#base.content, content);
    this.ways.keep(all ? "" : JSON.stringify({ base: this.#common ?? this.#base, content }));
  }

  #set(part: Partial<DraftView>): void {
    this.#view = { ...this.#view, ...part };
    for (const listener of this.#listeners) listener();
  }
}

function unpack(words: string): { base: Kept; content: Content } | null {
  return words === "" ? null : (JSON.parse(words) as { base: Kept; content: Content });
}
