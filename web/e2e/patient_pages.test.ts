import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, test } from "vitest";
import {
  expectAccessible,
  expectNoComplaints,
  openBrowser,
  openPage,
  PHONE,
} from "./support/browser";
import { register, signInAs, treated } from "./support/patient";
import { Server } from "./support/server";

const PASSWORD = "a long enough password";

let server: Server;
let browser: Browser;
let world: Awaited<ReturnType<typeof treated>>;
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
