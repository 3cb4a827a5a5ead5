/** The list of conversations, where it is longer than what is fetched at once. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { expectAccessible, openBrowser, openPage } from "./support/browser";
import { book } from "./support/chat";
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

/** As if there were a page of conversations, and more before it. */
async function withManyRooms(page: Page, next: number): Promise<void> {
  await page.route("**/api/rooms?limit=*", async (route) => {
    const answer = await route.fetch();
    const { rooms } = (await answer.json()) as { rooms: object[] };
    const many = Array.from({ length: 50 }, () => ({ ...rooms[0], room_id: crypto.randomUUID() }));
    await route.fulfill({ response: answer, json: { rooms: many, next } });
  });
}

test("a page of the list that does not come is said, and asked for again", async () => {
  const paula = await Caller.logIn(server.url, "paula");
  const adler = await Caller.logIn(server.url, "dr.adler");
  await book(paula, adler.accountId);
  const page = await openPage(browser, server.url);
  await logIn(page, "paula");
  await withManyRooms(page, 7);
  const before = "**/api/rooms?limit=*&before=7";
  await page.route(before, (route) => route.abort());
  await page.goto("/messages");
  const list = page.getByRole("list", { name: "Conversations" });
  await list.getByRole("link").first().waitFor();
  await list.locator("xpath=..").evaluate((scroller) => scroller.scrollTo(0, 50_000));
  const trouble = page.getByRole("alert").filter({ hasText: "did not answer" });
  await trouble.waitFor();
  await expectAccessible(page);
  await page.unroute(before);
  await page.route(before, (route) => route.fulfill({ json: { rooms: [], next: null } }));
  await trouble.getByRole("button", { name: "Try again" }).click();
  await trouble.waitFor({ state: "detached" });
  expect(await list.getByRole("listitem").last().getAttribute("aria-setsize")).toBe("50");
});
