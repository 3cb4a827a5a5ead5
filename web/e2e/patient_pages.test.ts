import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { shots, type World } from "./shots/patient";
import {
  expectAccessible,
  expectNoComplaints,
  openBrowser,
  openPage,
  PHONE,
  WARD,
} from "./support/browser";
import { register, signInAs, treated } from "./support/patient";
import { Server } from "./support/server";

const PASSWORD = "a long enough password";
const NARROW = { width: 320, height: 640 };

let server: Server;
let browser: Browser;
let world: World;
beforeAll(async () => {
  server = await Server.start();
  browser = await openBrowser();
  world = await treated(server.url);
  await register(server.url, "noor", PASSWORD);
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

/** Nothing is wider than the screen. */
async function expectNoSideways(page: Page): Promise<void> {
  const beyond = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(beyond).toBeLessThanOrEqual(0);
}

describe("every page of a patient in treatment", { timeout: 240_000 }, () => {
  test.each([
    ["wide and light", { size: WARD }],
    ["wide and dark", { size: WARD, scheme: "dark" }],
    ["on a phone", { size: PHONE }],
    ["on a phone, dark", { size: PHONE, scheme: "dark" }],
    ["on the narrowest screen", { size: NARROW }],
  ] as const)("%s", async (_, options) => {
    const page = await openPage(browser, server.url, options);
    await signInAs(page, "paula", "anamnesis-demo");
    for (const { path, ready } of shots) {
      await page.goto(path(world));
      await page.getByText(ready).first().waitFor();
      await expectAccessible(page);
      await expectNoSideways(page);
    }
    expectNoComplaints(page);
  });

  test("in Arabic, from right to left", async () => {
    const page = await openPage(browser, server.url, { language: "ar", size: PHONE });
    await signInAs(page, "paula", "anamnesis-demo");
    for (const { path } of shots) {
      await page.goto(path(world));
      await page.getByRole("heading", { level: 1 }).waitFor();
      await page.locator("main [aria-busy=true]").first().waitFor({ state: "detached" });
      expect(await page.locator("html").getAttribute("dir")).toBe("rtl");
      // What has no translation would be shown by its name in the catalogue.
      expect(await page.locator("main").textContent()).not.toMatch(/\b[a-z]+_[a-z_]+\b/);
      await expectAccessible(page);
      await expectNoSideways(page);
    }
    expectNoComplaints(page);
  });
});

describe("somebody who has just registered", () => {
  test.each([
    ["home", "Book your first appointment"],
    ["appointments", "Nothing is booked"],
    ["appointments?show=past", "No appointment has taken place yet"],
    ["appointments?show=cancelled", "Nothing was cancelled"],
    ["record", "Nothing has been written yet"],
    ["medicines", "You have no medicines at the moment"],
    ["contacts", "Nobody here yet"],
    ["privacy", "Nobody else has looked yet"],
  ])("/%s says how to begin", async (path, words) => {
    const page = await openPage(browser, server.url, { size: PHONE });
    await signInAs(page, "noor", PASSWORD);
    await page.goto(`/${path}`);
    await page.getByText(words).first().waitFor();
    await expectAccessible(page);
    expectNoComplaints(page);
  });

  test("what is not theirs does not exist", async () => {
    const page = await openPage(browser, server.url);
    await signInAs(page, "noor", PASSWORD);
    for (const path of [
      `/appointments/${world.appointment}`,
      `/consultations/${world.consultation}`,
    ]) {
      await page.goto(path);
      await page.getByText("That does not exist.").waitFor();
      await expectAccessible(page);
    }
  });
});
