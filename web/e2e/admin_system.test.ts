import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { follow } from "./support/admin_world";
import {
  expectAccessible,
  expectNoComplaints,
  openBrowser,
  openPage,
  PHONE,
} from "./support/browser";
import { Caller, logIn } from "./support/people";
import { Server } from "./support/server";

let server: Server;
let browser: Browser;
beforeAll(async () => {
  server = await Server.start();
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

const STOPPED = { position: 41, reason: "appointment_unreadable" };

describe("the system", () => {
  test.each([
    { scheme: "light" as const },
    { scheme: "dark" as const, size: PHONE },
    { size: { width: 320, height: 700 } },
  ])("shows what reads the log and how far it is: %o", async (options) => {
    const page = await openPage(browser, server.url, options);
    await logIn(page, "admin");
    await follow(page, "System");
    await page.getByText("Everything is up to date").waitFor();
    const models = page.getByRole("region", { name: "Read models" });
    for (const name of ["Accounts", "Conversations", "Appointments", "Audit trail"]) {
      await models.getByRole("row", { name: new RegExp(`^${name} Running`) }).waitFor();
    }
    await page.getByRole("rowheader", { name: "Opens rooms" }).waitFor();
    await expectAccessible(page);
    const tooWide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    expect(tooWide).toBe(false);
    expectNoComplaints(page);
  });

  test("is asked again, draws what it hears, and has it as a table", async () => {
    const page = await openPage(browser, server.url);
    await page.clock.install();
    await logIn(page, "admin");
    await follow(page, "System");
    await page.getByRole("img", { name: /^Events per minute/ }).waitFor();
    const paula = await Caller.logIn(server.url, "paula");
    await paula.call("PATCH", "/api/users/me", { phone: "+49 30 1234" });
    const asked = page.waitForResponse("**/api/system");
    await page.clock.fastForward("00:06");
    await asked;
    await page.getByText("As a table").click();
    const rows = page.getByRole("row").filter({ has: page.getByRole("cell") });
    await rows.nth(1).waitFor();
    await page.getByRole("img", { name: /Events per minute: now [1-9]/ }).waitFor();
    await expectAccessible(page);
    expectNoComplaints(page);
  });

  test("says what has stopped, where and why", async () => {
    const page = await openPage(browser, server.url);
    await page.route("**/api/system", async (route) => {
      const answer = await route.fetch();
      const health = (await answer.json()) as { readers: { name: string; stopped: unknown }[] };
      for (const reader of health.readers) {
        if (reader.name === "appointments") reader.stopped = STOPPED;
      }
      await route.fulfill({ response: answer, json: health });
    });
    await logIn(page, "admin");
    await page.getByText("1 reader of the log has stopped").waitFor();
    await follow(page, "System");
    await page.getByText("Needs somebody").waitFor();
    await page.getByText("Stopped at 41").waitFor();
    await page.getByText("Because: appointment_unreadable").waitFor();
    await expectAccessible(page);
    expectNoComplaints(page);
  });

  test("keeps what it showed when the server does not answer", async () => {
    const page = await openPage(browser, server.url);
    await page.clock.install();
    await logIn(page, "admin");
    await follow(page, "System");
    await page.getByText("Everything is up to date").waitFor();
    await page.route("**/api/system", (route) => route.abort());
    await page.clock.fastForward("00:06");
    await page
      .getByRole("alert")
      .getByText(/did not answer/)
      .waitFor();
    await page.getByRole("rowheader", { name: "Accounts" }).waitFor();
  });
});
