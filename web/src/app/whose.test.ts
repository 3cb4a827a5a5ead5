import { isNotFound, isRedirect } from "@tanstack/react-router";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { Role } from "~/api/schema";
import { router } from "~/app/router";
import { type SessionState, session } from "~/session/session";

const ROLES: Role[] = ["patient", "doctor", "admin", "compliance"];

/** For whom each page exists. Whoever adds a page says so here too. */
const WHOSE: Record<string, Role[]> = {
  "/home": ROLES,
  "/settings": ROLES,
  // To the roles that have none, the page itself says that there is no such page.
  "/consultations/$consultationId": ROLES,
  "/messages": ["patient", "doctor"],
  "/messages/$roomId": ["patient", "doctor"],
  "/appointments/$appointmentId": ["patient", "doctor"],
  "/appointments/$appointmentId/reschedule": ["patient", "doctor"],
  "/appointments": ["patient"],
  "/appointments/book": ["patient"],
  "/contacts": ["patient"],
  "/medicines": ["patient"],
  "/privacy": ["patient"],
  "/record": ["patient"],
  "/calendar": ["doctor"],
  "/hours": ["doctor"],
  "/patients": ["doctor"],
  "/patients/$patientId": ["doctor"],
  "/approvals": ["admin"],
  "/deleted": ["admin"],
  "/deleted/hide": ["admin"],
  "/people": ["admin"],
  "/people/$accountId": ["admin"],
  "/system": ["admin"],
  "/as-of/$kind/$id": ["compliance"],
  "/audit": ["compliance"],
  "/audit/export": ["compliance"],
  "/audit/reviews": ["compliance"],
  "/break-glass": ["compliance"],
  "/break-glass/$grantId": ["compliance"],
  "/could-see": ["compliance"],
  "/replay": ["compliance"],
  "/reports": ["compliance"],
  "/timeline/$kind/$id": ["compliance"],
};
const STRANGERS = ["/", "/login", "/register", "/request-account"];

type Outcome = "shown" | "not_found" | "redirected";
interface Guarded {
  parentRoute?: Guarded;
  options: { beforeLoad?: (context: never) => unknown };
}

/** What the guards of a page and of all it hangs under make of somebody's visit. */
async function visit(path: string, state: SessionState): Promise<Outcome> {
  vi.spyOn(session, "state").mockReturnValue(state);
  const pages: Record<string, Guarded> = router.routesByPath as never;
  const chain: Guarded[] = [];
  for (let at = pages[path]; at !== undefined; at = at.parentRoute) chain.unshift(at);
  expect(chain.length, "there is such a page").toBeGreaterThan(1);
  try {
    for (const { options } of chain) {
      await options.beforeLoad?.({ location: { href: path } } as never);
    }
    return "shown";
  } catch (thrown) {
    if (isNotFound(thrown)) return "not_found";
    if (isRedirect(thrown)) return "redirected";
    throw thrown;
  }
}

afterEach(() => vi.restoreAllMocks());

test("every page says here whose it is", () => {
  const said = [...Object.keys(WHOSE), ...STRANGERS];
  expect(Object.keys(router.routesByPath).sort()).toEqual(said.sort());
});

describe.each(ROLES)("to a %s", (role) => {
  const state: SessionState = { status: "signed_in", accountId: "somebody", role };

  test.each(Object.entries(WHOSE))("%s exists only if it is theirs", async (path, roles) => {
    expect(await visit(path, state)).toBe(roles.includes(role) ? "shown" : "not_found");
  });

  test.each(STRANGERS)("%s is behind them", async (path) => {
    expect(await visit(path, state)).toBe("redirected");
  });
});

describe("to a stranger", () => {
  const state: SessionState = { status: "signed_out", because: "never_signed_in", was: null };

  test.each(Object.keys(WHOSE))("%s begins with logging in", async (path) => {
    expect(await visit(path, state)).toBe("redirected");
  });

  test.each(STRANGERS)("%s is open", async (path) => {
    expect(await visit(path, state)).toBe("shown");
  });
});
