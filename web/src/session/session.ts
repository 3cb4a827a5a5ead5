/**
 * The one module that owns the session. The access token lives in this module's memory and
 * nowhere else; the refresh token is in a cookie that no script can read. Pages of one browser
 * share the cookie, so they take turns with it, and tell each other when it is gone.
 */
import { NoAnswer, refusal } from "~/api/errors";
import type { Session as Granted, Role } from "~/api/schema";
import { IDLE_LIMITS } from "~/session/idle";
import { forgetPresence, rememberPresence, wasAnybody, wasPresent } from "~/session/presence";

/** `was` is the account that this page was signed in to before, if it was to any. */
export type SessionState =
  | { status: "starting" }
  | { status: "signed_out"; because: SignedOutBecause; was: string | null }
  | { status: "signed_in"; accountId: string; role: Role };

type SignedOutBecause = "never_signed_in" | "asked" | "idle" | "ended" | "unreachable";

/** A token is renewed this long before it ends, so that it does not end on its way. */
const AHEAD_MS = 30_000;
const TURN = "anamnesis.refresh";

type Said = { type: "signed_out"; because: SignedOutBecause } | { type: "signed_in" };

class Session {
  #state: SessionState = { status: "starting" };
  #token: { text: string; endsAt: number } | null = null;
  #renewing: Promise<void> | null = null;
  readonly #listeners = new Set<() => void>();
  readonly #pages = new BroadcastChannel("anamnesis.session");

  constructor() {
    this.#pages.onmessage = ({ data }: MessageEvent<Said>) => this.#hear(data);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly state = (): SessionState => this.#state;

  /**
   * Takes up the session that the browser's cookie stands for, if there is one and somebody was
   * here lately. One that was left alone for too long is ended, as an open page would have been.
   */
  async restore(): Promise<void> {
    if (!wasAnybody()) this.#leave("never_signed_in");
    else if (wasPresent(Date.now(), IDLE_LIMITS.idleMs)) await this.#renew("never_signed_in");
    else await this.#endWhatIsLeft();
  }

  /** Throws the server's refusal, or {@link NoAnswer}. */
  async logIn(login: string, password: string): Promise<void> {
    this.#take(await post<Granted>("/api/auth/login", { login, password, cookie: true }));
    rememberPresence(Date.now());
    this.#say({ type: "signed_in" });
  }

  /** Ends the session on the server, on this page and on the other pages of this browser. */
  async logOut(because: SignedOutBecause = "asked"): Promise<void> {
    const token = this.#token?.text;
    forgetPresence();
    this.#leave(because);
    this.#say({ type: "signed_out", because });
    if (token !== undefined)
      await post("/api/auth/logout", undefined, token).catch(() => undefined);
  }

  /** A token that is good for a while; none when signed out. */
  async accessToken(): Promise<string | null> {
    if (this.#state.status !== "signed_in") return null;
    const left = (this.#token?.endsAt ?? 0) - Date.now();
    if (left < AHEAD_MS) await this.#renew("ended");
    return this.#token?.text ?? null;
  }

  /** The server did not take the token: the next request asks for another. */
  expired(): void {
    if (this.#token !== null) this.#token = { ...this.#token, endsAt: 0 };
    if (this.#state.status === "signed_in") void this.#renew("ended").catch(() => undefined);
  }

  #renew(otherwise: SignedOutBecause): Promise<void> {
    this.#renewing ??= this.#refresh(otherwise).finally(() => {
      this.#renewing = null;
    });
    return this.#renewing;
  }

  async #endWhatIsLeft(): Promise<void> {
    try {
      const left = await refresh();
      await post("/api/auth/logout", undefined, left.access_token);
      this.#leave("idle");
    } catch (error) {
      this.#leave(error instanceof NoAnswer ? "unreachable" : "never_signed_in");
    }
  }

  /** A refusal ends the session; no answer does not, for the server may be back in a moment. */
  async #refresh(otherwise: SignedOutBecause): Promise<void> {
    try {
      this.#take(await refresh());
    } catch (error) {
      const starting = this.#state.status === "starting";
      if (!(error instanceof NoAnswer)) this.#leave(otherwise);
      else if (starting) this.#leave("unreachable");
      else throw error;
    }
  }

  #take(granted: Granted): void {
    this.#token = {
      text: granted.access_token,
      endsAt: Date.parse(granted.access_expires_at),
    };
    const now = this.#state;
    const same = now.status === "signed_in" && now.accountId === granted.account_id;
    if (same && now.role === granted.role) return;
    this.#set({ status: "signed_in", accountId: granted.account_id, role: granted.role });
  }

  #leave(because: SignedOutBecause): void {
    const before = this.#state;
    const was = before.status === "signed_in" ? before.accountId : null;
    this.#token = null;
    // The first reason is the true one: requests that are refused afterwards only follow from it.
    if (before.status === "signed_out") return;
    this.#set({ status: "signed_out", because, was });
  }

  #set(state: SessionState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }

  #say(said: Said): void {
    this.#pages.postMessage(said);
  }

  #hear(said: Said): void {
    if (said.type === "signed_out") this.#leave(said.because);
    else void this.#renew("never_signed_in").catch(() => undefined);
  }
}

/** Pages take turns: each refresh token is used once. */
async function refresh(): Promise<Granted> {
  return navigator.locks.request(TURN, () => post<Granted>("/api/auth/refresh", {}));
}

async function post<T>(path: string, body: unknown, token?: string): Promise<T> {
  const headers = new Headers({ "content-type": "application/json" });
  if (token !== undefined) headers.set("authorization", `Bearer ${token}`);
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const answer = await fetch(path, { method: "POST", headers, ...sent }).catch((error) => {
    throw new NoAnswer(error);
  });
  const text = await answer.text();
  if (answer.status >= 500) throw new NoAnswer(answer.status);
  const content: unknown = text === "" ? null : JSON.parse(text);
  if (!answer.ok) throw refusal(answer.status, content);
  return content as T;
}

/** One per page. */
export const session = new Session();
