/** The client itself is complete without a network, and says so where something is missing. */
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { expectAccessible, openBrowser, openPage, turnTo } from "./support/browser";
import { book, post } from "./support/chat";
import { Caller, logIn } from "./support/people";
import { Server } from "./support/server";

let server: Server;
let browser: Browser;
let room: string;

beforeAll(async () => {
  server = await Server.start();
  browser = await openBrowser();
  const paula = await Caller.logIn(server.url, "paula");
  const adler = await Caller.logIn(server.url, "dr.adler");
  room = (await book(paula, adler.accountId)).room_id;
  await post(adler, room, "Good morning.");
});
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

const composer = (page: Page) => page.getByRole("textbox", { name: /Message to/ });
const missing = (page: Page, words: string) => page.getByRole("alert").filter({ hasText: words });

/** The page is the same as before as long as this is there. */
const mark = (page: Page) => page.evaluate(() => Object.assign(window, { marked: true }));
const isMarked = (page: Page) => page.evaluate(() => "marked" in window);

/** Logs in, and waits until everything has come that is loaded behind the page's back. */
async function settled(page: Page): Promise<void> {
  const last = page.waitForResponse(/EmojiPicker/);
  await logIn(page, "paula");
  await last;
  await page.waitForLoadState("networkidle");
}

test("without a network every page opens, and says which data it does not have", async () => {
  const page = await openPage(browser, server.url);
  await settled(page);
  await mark(page);
  await turnTo(page, "Messages");
  await page.getByRole("link", { name: /Adler/ }).waitFor();
  await page.context().setOffline(true);
  await page.getByRole("link", { name: /Adler/ }).click();
  await composer(page).fill("Better ");
  await page.getByRole("button", { name: "Emoji" }).click();
  await page.getByRole("button", { name: "thumbs up" }).first().click();
  expect(await composer(page).inputValue()).toBe("Better 👍");
  await missing(page, "The server did not answer").waitFor();
  await expectAccessible(page);
  for (const name of ["Medicines", "Contacts", "Privacy"]) await turnTo(page, name);
  await page.getByRole("button", { name: /^Notices/ }).click();
  await page.getByRole("dialog", { name: "Notices" }).getByText("Notices").waitFor();
  await page.keyboard.press("Escape");
  await turnTo(page, "Messages");
  await page.getByRole("link", { name: /Adler/ }).click();
  expect(await composer(page).inputValue()).toBe("Better 👍");
  await missing(page, "The server did not answer").waitFor();
  await page.context().setOffline(false);
  await page.getByRole("button", { name: "Try again" }).click();
  await page.getByText("Good morning.").last().waitFor();
  expect(await isMarked(page)).toBe(true);
});

test("a page that is not there yet comes when the network is back", async () => {
  const page = await openPage(browser, server.url);
  await page.route("**/assets/MedicinesPage*", (route) => route.abort());
  await settled(page);
  await mark(page);
  await page.context().setOffline(true);
  const menu = page.getByRole("navigation", { name: "Pages" });
  await menu.getByRole("link", { name: "Medicines" }).click();
  await missing(page, "there is no connection").waitFor();
  await page.unroute("**/assets/MedicinesPage*");
  await page.context().setOffline(false);
  await page.getByRole("heading", { level: 1, name: "Medicines" }).waitFor();
  expect(await isMarked(page)).toBe(true);
});

test("a part that does not load says so beside what is being written", async () => {
  const page = await openPage(browser, server.url);
  await page.route("**/assets/EmojiPicker*", (route) => route.abort());
  await logIn(page, "paula");
  await page.goto(`/messages/${room}`);
  await composer(page).fill("Half a sentence");
  await mark(page);
  await page.getByRole("button", { name: "Emoji" }).click();
  await missing(page, "did not load").waitFor();
  await expectAccessible(page);
  await page.unroute("**/assets/EmojiPicker*");
  const search = page.getByRole("searchbox", { name: "Search emoji" });
  // What is loaded behind the page's back may be faster than a click.
  await page.getByRole("button", { name: "Try again" }).or(search).first().click();
  await search.waitFor();
  expect(await composer(page).inputValue()).toBe("Half a sentence");
  expect(await isMarked(page)).toBe(true);
});
