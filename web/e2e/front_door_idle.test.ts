import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fillIn } from "./support/admin_world";
import { expectAccessible, expectNoComplaints, openBrowser, openPage } from "./support/browser";
import { logIn } from "./support/people";
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

/** A page whose clock the test turns, with somebody who is writing about themselves. */
async function writing(words: string): Promise<Page> {
  const page = await openPage(browser, server.url);
  await page.clock.install();
  await logIn(page, "dr.adler");
  await page.getByRole("button", { name: /Account of/ }).click();
  await page.getByRole("menuitem", { name: "Settings" }).click();
  await page.getByRole("textbox", { name: "About you" }).fill(words);
  return page;
}

const about = (page: Page) => page.getByRole("textbox", { name: "About you" });

describe("a page that nobody uses", () => {
  test("warns, logs off, says why, and has the draft when the same person is back", async () => {
    const page = await writing("Half a sentence");
    await page.clock.fastForward("14:05");
    const warning = page.getByRole("dialog", { name: "Are you still there?" });
    await warning.getByRole("timer").waitFor();
    await expectAccessible(page);
    await page.clock.fastForward("01:05");
    await page.waitForURL(/\/login/);
    await page.getByText("You were logged out because nobody was there for a while").waitFor();
    await page.getByText(/What you were writing is kept/).waitFor();
    expect(page.url()).not.toContain("idle");
    await expectAccessible(page);
    const kept = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
    expect(kept).not.toContain("Half");
    await fillIn(page, "dr.adler", "anamnesis-demo");
    await page.waitForURL("**/settings");
    await about(page).waitFor();
    expect(await about(page).inputValue()).toBe("Half a sentence");
    expectNoComplaints(page);
  });

  test("has nothing of it for anybody else", async () => {
    const page = await writing("Only mine");
    await page.clock.fastForward("14:05");
    await page.getByRole("dialog", { name: "Are you still there?" }).waitFor();
    await page.clock.fastForward("01:05");
    await page.waitForURL(/\/login/);
    await fillIn(page, "dr.okafor", "anamnesis-demo");
    await page.waitForURL("**/home");
    await page.getByRole("button", { name: /Account of/ }).click();
    await page.getByRole("menuitem", { name: "Settings" }).click();
    await about(page).waitFor();
    expect(await about(page).inputValue()).not.toContain("Only mine");
  });

  test("goes on when somebody says that they are there, on any page of the browser", async () => {
    const page = await writing("Still here");
    const other = await page.context().newPage();
    await other.clock.install();
    await other.goto("/settings");
    await about(other).waitFor();
    await page.clock.fastForward("14:05");
    const warning = page.getByRole("dialog", { name: "Are you still there?" });
    await warning.waitFor();
    // The other page's clock stands at the same time as it hears of it, and not before.
    await page.getByRole("button", { name: "I am still here" }).click();
    await warning.waitFor({ state: "hidden" });
    await page.clock.fastForward("02:00");
    expect(await about(page).inputValue()).toBe("Still here");
    expect(page.url()).toContain("/settings");
  });

  test("is logged off where another page of the browser is", async () => {
    const page = await writing("Here");
    const other = await page.context().newPage();
    await other.goto("/settings");
    await about(other).waitFor();
    await page.getByRole("button", { name: /Account of/ }).click();
    await page.getByRole("menuitem", { name: "Log out" }).click();
    await page.waitForURL(/\/login/);
    await other.waitForURL(/\/login/);
  });

  test("is not taken up again by whoever opens the browser later", async () => {
    const page = await writing("Left alone");
    const context = page.context();
    await page.close();
    const later = await context.newPage();
    await later.clock.install({ time: Date.now() + 16 * 60_000 });
    await later.goto("/home");
    await later.waitForURL(/\/login/);
    await later.getByText("You were logged out because nobody was there for a while").waitFor();
    await later.clock.setSystemTime(Date.now());
    await later.reload();
    await later.getByRole("textbox", { name: "Password" }).waitFor();
    expectNoComplaints(page);
  });
});
