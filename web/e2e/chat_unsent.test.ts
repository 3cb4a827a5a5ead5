/** What becomes of words that the server does not take. */
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { expectAccessible, expectNoComplaints, openBrowser, openPage } from "./support/browser";
import { book } from "./support/chat";
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
});
beforeEach(async () => {
  patient = await openPage(browser, server.url);
  await logIn(patient, "paula");
  await patient.goto(`/messages/${room}`);
  await patient.getByText("Connected").waitFor();
});
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
  await turn("reopen");
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

const turn = (how: "close" | "reopen") => adler.call("POST", `/api/rooms/${room}/${how}`);
const conversation = () => patient.getByRole("group", { name: "Messages" });
const bubble = (words: string) => conversation().getByRole("listitem").filter({ hasText: words });
const refused = (words: string) => bubble(words).getByText("the conversation was closed");

/** Writes without a network, while the doctor closes the conversation. */
async function writeTooLate(words: string): Promise<void> {
  await patient.context().setOffline(true);
  await patient.getByText("No connection.").waitFor();
  const composer = patient.getByRole("textbox", { name: /Message to/ });
  await composer.fill(words);
  await composer.press("Enter");
  await bubble(words).getByText("Sending…").waitFor();
  await turn("close");
}

test("what was refused says why, and is sent again or thrown away", async () => {
  await writeTooLate("Too late");
  await patient.context().setOffline(false);
  await refused("Too late").waitFor();
  await expectAccessible(patient);
  await turn("reopen");
  await bubble("Too late").getByRole("button", { name: "Send again" }).click();
  await bubble("Too late")
    .getByText(/Sent|Delivered|Read/)
    .waitFor();
  expect(await bubble("Too late").count()).toBe(1);

  await writeTooLate("Never mind");
  await patient.context().setOffline(false);
  await refused("Never mind").waitFor();
  await bubble("Never mind").getByRole("button", { name: "Discard" }).click();
  await bubble("Never mind").waitFor({ state: "detached" });
  expectNoComplaints(patient);
});

test("who has left the conversation is told, and led back to it", async () => {
  await writeTooLate("Written on the way out");
  const menu = patient.getByRole("navigation", { name: "Pages" });
  await menu.getByRole("link", { name: "Home" }).click();
  await conversation().waitFor({ state: "detached" });
  await patient.context().setOffline(false);
  const told = patient.getByRole("alert").filter({ hasText: "was not sent" });
  await told.waitFor();
  expect(await told.innerText()).not.toContain("way out");
  await told.getByRole("button", { name: /was not sent/ }).press("Enter");
  await refused("Written on the way out").waitFor();
  expectNoComplaints(patient);
});
