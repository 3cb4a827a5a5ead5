import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { book, callerOf, deletedAppointment, follow } from "./support/admin_world";
import {
  expectAccessible,
  expectNoComplaints,
  openBrowser,
  openPage,
  PHONE,
} from "./support/browser";
import { type Caller, logIn } from "./support/people";
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

async function deletedPage(options = {}): Promise<Page> {
  const page = await openPage(browser, server.url, options);
  await logIn(page, "admin");
  await follow(page, "Deleted");
  await page.getByRole("heading", { level: 1, name: "Deleted" }).waitFor();
  return page;
}

const DAY_MS = 86_400_000;

const status = async (paula: Caller, id: string) =>
  (await paula.call<{ status: string }>("GET", `/api/appointments/${id}`)).status;

describe("what was deleted", () => {
  test("is nothing at first, and that is said", async () => {
    const page = await deletedPage();
    await page.getByText("Nothing is deleted").waitFor();
    await expectAccessible(page);
    expectNoComplaints(page);
  });

  test("is an appointment, which an administrator brings back with a reason", async () => {
    const { paula, appointment_id: id } = await deletedAppointment(server.url, 3);
    const page = await deletedPage({ scheme: "dark" });
    await page.getByText("Between Paula Moreno and Dr. Ines Adler").waitFor();
    await page.getByText(/Deleted by Paula Moreno/).waitFor();
    await expectAccessible(page);
    await page.getByRole("button", { name: /Bring back: Appointment/ }).click();
    const dialog = page.getByRole("dialog", { name: "Bring it back?" });
    await dialog.getByRole("button", { name: "Bring back" }).click();
    await dialog.getByText("Please choose a reason").waitFor();
    await dialog.getByRole("radio", { name: "Deleted by mistake" }).check();
    await expectAccessible(page);
    await dialog.getByRole("button", { name: "Bring back" }).click();
    await page.getByText("It is there again.").waitFor();
    await page.getByText("Nothing is deleted").waitFor();
    expect(await status(paula, id)).toBe("scheduled");
    expectNoComplaints(page);
  });

  test("comes back as cancelled where its time was taken meanwhile", async () => {
    const { paula, adler, slot, appointment_id: id } = await deletedAppointment(server.url, 6);
    await book(paula, adler.accountId, slot);
    const page = await deletedPage({ size: PHONE });
    await page.getByRole("button", { name: /Bring back: Appointment/ }).click();
    const dialog = page.getByRole("dialog", { name: "Bring it back?" });
    await dialog.getByRole("radio", { name: "The patient asked" }).check();
    await dialog.getByRole("button", { name: "Bring back", exact: true }).click();
    await dialog.getByText("Its time is taken").waitFor();
    await expectAccessible(page);
    await dialog.getByRole("button", { name: "Bring back as cancelled" }).click();
    await page.getByText("It is there again, as cancelled.").waitFor();
    expect(await status(paula, id)).toBe("cancelled");
    expectNoComplaints(page);
  });

  test("may have been brought back by another, which is said", async () => {
    const { appointment_id: id } = await deletedAppointment(server.url, 9);
    const page = await deletedPage();
    await page.getByRole("button", { name: /Bring back: Appointment/ }).click();
    const other = await callerOf(server.url, "admin");
    await other.call("POST", `/api/appointments/${id}/restore`, { reason: "patient_asked" });
    const dialog = page.getByRole("dialog", { name: "Bring it back?" });
    await dialog.getByRole("radio", { name: "The patient asked" }).check();
    await dialog.getByRole("button", { name: "Bring back" }).click();
    await page.getByText("Somebody has brought it back meanwhile.").waitFor();
  });

  test("is listed by kind, by day and by person, and never says what it said", async () => {
    const { adler, room_id: room } = await deletedAppointment(server.url, 12);
    const written = await adler.call<{ sequence: number }>("POST", `/api/rooms/${room}/messages`, {
      body: "For another patient",
    });
    await adler.call("DELETE", `/api/rooms/${room}/messages/${written.sequence}`);
    const page = await deletedPage();
    await page
      .locator("label")
      .filter({ hasText: /^Messages$/ })
      .click();
    await page.getByText(`Message ${written.sequence}`).waitFor();
    expect(await page.getByText("Appointment", { exact: true }).count()).toBe(0);
    expect(await page.content()).not.toContain("For another patient");
    const today = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Berlin" });
    const choose = async (label: string, days: number) => {
      await page.getByLabel(label).fill(today.format(Date.now() + days * DAY_MS));
      await page.getByLabel(label).blur();
    };
    await choose("Deleted from", 2);
    await page.getByText("Nothing is deleted").waitFor();
    await choose("Deleted until", 1);
    const first = () => page.getByLabel("Deleted from").inputValue();
    await expect.poll(first).toBe(today.format(Date.now() + DAY_MS));
    await choose("Deleted from", -1);
    await page.getByText(`Message ${written.sequence}`).waitFor();
    await expectAccessible(page);
    await page.goto(`/deleted?person=${(await callerOf(server.url, "dr.okafor")).accountId}`);
    await page.getByText("Of Dr. Chidi Okafor").waitFor();
    await page.getByText("Nothing is deleted").waitFor();
    await page.getByRole("button", { name: "Of everybody" }).click();
    await page.getByText(`Message ${written.sequence}`).waitFor();
  });
});

describe("a message to the wrong patient", () => {
  test("is hidden by its number, unseen", async () => {
    const { adler, room_id: room } = await deletedAppointment(server.url, 15);
    const written = await adler.call<{ sequence: number }>("POST", `/api/rooms/${room}/messages`, {
      body: "Mr Vega: the biopsy is fine.",
    });
    const page = await deletedPage();
    await page.getByRole("link", { name: "Hide a message to the wrong patient" }).click();
    await page.getByRole("textbox", { name: "Conversation" }).fill("the one with Paula");
    await page.getByRole("button", { name: "Hide the message" }).click();
    await page.getByText("There is no id of a conversation in this").waitFor();
    await expectAccessible(page);
    const address = `${server.url}/messages/${room}`;
    await page.getByRole("textbox", { name: "Conversation" }).fill(address);
    await page.getByRole("textbox", { name: "Number of the message" }).fill("9999");
    await page.getByRole("button", { name: "Hide the message" }).click();
    await page.getByText("There is no such message in this conversation.").waitFor();
    const number = page.getByRole("textbox", { name: "Number of the message" });
    const reference = `${server.url}/messages/${room}#${written.sequence}`;
    await page.getByRole("textbox", { name: "Conversation" }).fill(reference);
    expect(await number.inputValue()).toBe(String(written.sequence));
    await page.getByRole("button", { name: "Hide the message" }).click();
    await page.getByText("Compliance decides what becomes of it.").waitFor();
    const path = `/api/rooms/${room}/messages/${written.sequence}`;
    expect(await adler.call("GET", path)).toMatchObject({ hidden: true, body: null });
    expectNoComplaints(page);
  });
});
