import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectAccessible, expectNoComplaints, openBrowser, openPage } from "./support/browser";
import { type Login, logIn } from "./support/people";
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

describe("signing in", () => {
  const people: Login[] = ["paula", "dr.adler", "admin", "compliance"];
  test.each(people)("%s lands on a dashboard of their own", async (login) => {
    const page = await openPage(browser, server.url);
    await logIn(page, login);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await expectAccessible(page);
    expectNoComplaints(page);
  });

  test("a loaded page is still signed in, and no script can read why", async () => {
    const page = await openPage(browser, server.url);
    await logIn(page, "paula");
    await page.reload();
    await page.getByRole("heading", { level: 1 }).waitFor();
    expect(new URL(page.url()).pathname).toBe("/home");
    const stored = await page.evaluate(() => [
      document.cookie,
      JSON.stringify(localStorage),
      JSON.stringify(sessionStorage),
    ]);
    expect(stored.join("")).not.toMatch(/eyJ|token/);
  });

  test("a wrong password is said in words, and nothing typed is lost", async () => {
    const page = await openPage(browser, server.url, {});
    await page.goto("/login");
    await page.getByRole("textbox", { name: /Username/ }).fill("paula");
    await page.getByRole("textbox", { name: "Password" }).fill("not her password");
    await page.getByRole("button", { name: "Log in" }).click();
    await page.getByRole("alert").waitFor();
    const kept = await page.getByRole("textbox", { name: /Username/ }).inputValue();
    expect(kept).toBe("paula");
    await expectAccessible(page);
  });

  test("a page of another role does not exist", async () => {
    const page = await openPage(browser, server.url);
    await logIn(page, "paula");
    for (const path of ["/patients", "/people", "/audit", "/no-such-page"]) {
      await page.goto(path);
      await page.getByText("There is no such page").waitFor();
    }
  });
});
