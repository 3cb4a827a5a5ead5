import { beforeEach, expect, test, vi } from "vitest";
import { followSession } from "~/app/followSession";
import type { SessionState } from "~/session/session";

const forget = vi.fn();
const turn = vi.fn();
const listeners = new Set<() => void>();
let state: SessionState;
const session = {
  state: () => state,
  subscribe: (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

const as = (accountId: string, role: "patient" | "doctor" = "patient"): SessionState => ({
  status: "signed_in",
  accountId,
  role,
});
const nobody: SessionState = { status: "signed_out", because: "asked", was: "paula" };

function become(next: SessionState): void {
  state = next;
  for (const listener of listeners) listener();
}

beforeEach(() => {
  forget.mockClear();
  turn.mockClear();
  listeners.clear();
  state = as("paula");
  followSession(session, forget, turn);
});

test("what somebody has seen is forgotten when they leave", () => {
  become(nobody);
  expect(forget).toHaveBeenCalledOnce();
  become(as("adler", "doctor"));
  expect(forget).toHaveBeenCalledOnce();
  expect(turn).toHaveBeenCalledTimes(2);
});

test("what somebody has seen is forgotten when another one takes their place", () => {
  become(as("adler", "doctor"));
  expect(forget).toHaveBeenCalledOnce();
  become(as("paula"));
  expect(forget).toHaveBeenCalledTimes(2);
});

test("the same person with another role keeps what they have seen", () => {
  become(as("paula", "doctor"));
  expect(forget).not.toHaveBeenCalled();
  expect(turn).toHaveBeenCalledOnce();
});
