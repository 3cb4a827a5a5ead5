/** For whom things that move are a trouble, nothing moves on and on. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser, openPage } from "./support/browser";
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

test("what stands for a page on its way stands still where that is wished for", async () => {
  const page = await openPage(browser, server.url);
  await logIn(page, "paula");
  // It is never answered, so that the page stays on its way.
  await page.route("**/api/consultations?**", () => undefined);
  await page.goto("/record");
  await page.locator("main [aria-busy=true]").waitFor();
  const running = () =>
    page.evaluate(
      () => document.getAnimations().filter((one) => one.playState === "running").length,
    );
  await expect.poll(running).toBe(0);
  await page.emulateMedia({ reducedMotion: "no-preference" });
  expect(await running(), "there is something that could move").toBeGreaterThan(0);
});
