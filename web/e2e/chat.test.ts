import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  expectAccessible,
  expectNoComplaints,
  openBrowser,
  openPage,
  PHONE,
} from "./support/browser";
import { book, post } from "./support/chat";
import { Caller, type Login, logIn } from "./support/people";
import { Server } from "./support/server";

let server: Server;
let browser: Browser;
let paula: Caller;
let adler: Caller;
let room: string;

beforeAll(async () => {
  server = await Server.start();
  browser = await openBrowser();
  paula = await Caller.logIn(server.url, "paula");
  adler = await Caller.logIn(server.url, "dr.adler");
  room = (await book(paula, adler.accountId)).room_id;
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

async function open(login: Login, options = {}, path = `/messages/${room}`): Promise<Page> {
  const page = await openPage(browser, server.url, options);
  await logIn(page, login);
  await page.goto(path);
  await connected(page);
  return page;
}

/** The feed follows from here on. */
const connected = (page: Page) => page.getByText("Connected").waitFor();
const composer = (page: Page) => page.getByRole("textbox", { name: /Message to/ });
const bubble = (page: Page, words: string) =>
  page.getByRole("listitem").filter({ hasText: words, hasNot: page.getByRole("link") });

async function say(page: Page, words: string): Promise<void> {
  await composer(page).fill(words);
  await composer(page).press("Enter");
  await bubble(page, words).waitFor();
}

describe("two people chat", () => {
  test("what one writes, the other reads, and the first one sees that", async () => {
    const patient = await open("paula");
    const doctor = await open("dr.adler");
    await composer(patient).pressSequentially("Good morn");
    await doctor.getByText(/is typing…/).waitFor();
    await composer(patient).pressSequentially("ing, doctor");
    await composer(patient).press("Enter");
    await bubble(doctor, "Good morning, doctor").waitFor();
    await doctor.bringToFront();
    await bubble(patient, "Good morning, doctor").getByText("Read", { exact: true }).waitFor();
    await say(doctor, "Good morning, Paula. How is the cough?");
    await bubble(patient, "How is the cough?").waitFor();
    await expectAccessible(patient);
    await expectAccessible(doctor);
    await patient.screenshot({ path: "/tmp/chat/first.png" });
    expectNoComplaints(patient);
    expectNoComplaints(doctor);
  });
});
