/** Words that are withdrawn are gone from the page, also from where nobody sees them. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { expectNoComplaints, openBrowser, openPage } from "./support/browser";
import { book, post } from "./support/chat";
import { Caller, logIn } from "./support/people";
import { Server } from "./support/server";

let server: Server;
let browser: Browser;
let adler: Caller;
let room: string;
let patient: Page;

beforeAll(async () => {
  server = await Server.start();
  browser = await openBrowser();
  const paula = await Caller.logIn(server.url, "paula");
  adler = await Caller.logIn(server.url, "dr.adler");
  room = (await book(paula, adler.accountId)).room_id;
  patient = await openPage(browser, server.url);
  await logIn(patient, "paula");
  await patient.goto(`/messages/${room}`);
  await patient.getByText("Connected").waitFor();
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

/** The doctor says something, and it is read out to whoever listens to the screen. */
async function heard(words: string): Promise<number> {
  const number = await post(adler, room, words);
  const log = patient.getByRole("log", { name: "New messages" });
  await log.getByText(words).waitFor({ state: "attached" });
  return number;
}

async function expectGone(words: string): Promise<void> {
  await expect.poll(() => patient.content()).not.toContain(words);
}

test("a message that is hidden is not kept for those who listen", async () => {
  const admin = await Caller.logIn(server.url, "admin");
  const number = await heard("Mr Vega: the biopsy is fine.");
  const path = `/api/rooms/${room}/messages/${number}/report`;
  await admin.call("POST", path, { reason: "wrong_patient" });
  await patient.getByText("This message is hidden").first().waitFor();
  await expectGone("biopsy");
  expectNoComplaints(patient);
});

test("a message that is taken back is not kept for those who listen", async () => {
  const stays = await heard("Please come on Monday.");
  const number = await heard("Please come on Tuesday.");
  expect(number).toBeGreaterThan(stays);
  await adler.call("DELETE", `/api/rooms/${room}/messages/${number}`);
  await patient.getByText("This message was taken back.").first().waitFor();
  await expectGone("Tuesday");
  expect(await patient.content()).toContain("Please come on Monday.");
  expectNoComplaints(patient);
});
