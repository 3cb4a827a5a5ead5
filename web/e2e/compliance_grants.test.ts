import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AccessReport } from "../src/api/schema";
import {
  expectAccessible,
  expectNoComplaints,
  openBrowser,
  openPage,
  PHONE,
  WARD,
} from "./support/browser";
import { type Story, tellStory } from "./support/compliance_story";
import { logInAs, pick, secondOfficer } from "./support/compliance_support";
import { Caller, logIn } from "./support/people";
import { Server } from "./support/server";

interface Look {
  size?: { width: number; height: number };
  scheme?: "light" | "dark";
}

let server: Server;
let browser: Browser;
let story: Story;
beforeAll(async () => {
  server = await Server.start();
  browser = await openBrowser();
  story = await tellStory(server.url);
  desk = await openPage(browser, server.url);
  await logIn(desk, "compliance");
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

/** One officer for all of it: who logs in too often is kept waiting. */
let desk: Page;

async function officer({ size = WARD, scheme = "light" }: Look = {}): Promise<Page> {
  await desk.unrouteAll();
  await desk.setViewportSize(size);
  await desk.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
  await desk.goto("/home");
  return desk;
}

const WORDS = "Good morning. I cough since Saturday.";
const REASON = "A complaint about who has read the record";

describe("breaking the glass", () => {
  test("needs a patient, a reason and a time, each said beside its field", async () => {
    const page = await officer({ size: PHONE, scheme: "dark" });
    await page.goto("/break-glass");
    await page.getByText("The patient is told at once").waitFor();
    await page.getByRole("textbox", { name: "Minutes" }).fill("500");
    await page.getByRole("button", { name: "Open the record" }).click();
    await page.getByText("Choose the patient.").waitFor();
    await page.getByText("Say why. The patient can read it.").waitFor();
    await expectAccessible(page);
    expectNoComplaints(page);
  });

  test("opens a record, ends, and is reviewed by somebody else", async () => {
    const page = await officer();
    await page.goto("/break-glass");
    await pick(page, "Patient", "Paula");
    await page.getByRole("textbox", { name: "Reason" }).fill(REASON);
    await page.getByRole("textbox", { name: "Minutes" }).fill("30");
    await page.getByRole("button", { name: "Open the record" }).click();
    await page
      .getByRole("timer")
      .getByText(/^(30:00|29:\d\d) left$/)
      .waitFor();
    const address = page.url();

    // What is opened is read, each of it.
    await page.getByRole("heading", { name: "Conversations" }).waitFor();
    await expectAccessible(page);
    await page.getByRole("link", { name: /\d+ messages/ }).click();
    await page.getByText(WORDS).waitFor();
    await page.getByRole("link", { name: /version/ }).click();
    await page.getByText("Rest, and much tea").waitFor();
    await page.getByRole("link", { name: /change/ }).click();
    await page.getByText("A cough that does not end").waitFor();
    await page.getByRole("button", { name: "Show the medicines" }).click();
    await page.getByText("Ivy syrup, 5 ml, twice a day").waitFor();
    await expectAccessible(page);

    // The past shows its words as well, as long as the record is open.
    await page.goto(`/as-of/room/${story.room}`);
    await page.getByText(WORDS).waitFor();
    await page.getByText("The record of Paula Moreno is open to you").waitFor();

    // The patient sees who looked, and why.
    const paula = await Caller.logIn(server.url, "paula");
    const report = await paula.call<AccessReport>("GET", "/api/access-report?others=true");
    const look = report.looks.find(({ reason }) => reason.kind === "grant");
    expect(look?.reason.text).toBe(REASON);

    // It is over: nothing of it is left on the page.
    await page.goto(address);
    await page.getByRole("link", { name: /\d+ messages/ }).click();
    await page.getByText(WORDS).waitFor();
    await page.getByRole("button", { name: "End it now" }).click();
    await page.getByText("It is over", { exact: true }).waitFor();
    await page.getByText(/nobody reviews their own grant/).waitFor();
    expect(await page.getByText(WORDS).count()).toBe(0);
    expect(await page.getByRole("button", { name: "Sign off" }).count()).toBe(0);
    await expectAccessible(page);
    await page.goto(`/as-of/room/${story.room}`);
    await page.getByText("Sealed").first().waitFor();
    expect(await page.getByText(WORDS).count()).toBe(0);
    expectNoComplaints(page);

    await reviewed(address);
    await page.goto(address);
    await page.getByText("The complaint names this conversation.").waitFor();
    await page.getByRole("link", { name: "Everything that was looked at with it" }).click();
    await page
      .getByText(/Carl Compton read .*messages?/)
      .first()
      .waitFor();
  });
});

/** Another officer finds it among what waits, and signs it off. */
async function reviewed(address: string): Promise<void> {
  const { login, password } = await secondOfficer(server.url);
  const page = await openPage(browser, server.url);
  await logInAs(page, login, password);
  await page.getByRole("link", { name: /Look at the grant for Paula Moreno/ }).click();
  await page.waitForURL(address);
  await page.getByText(REASON).waitFor();
  await page.getByRole("button", { name: "Sign off" }).click();
  await page.getByText("Choose one of the two.").waitFor();
  await page.getByRole("radio", { name: "Justified", exact: true }).check();
  await page.getByRole("textbox", { name: "Note" }).fill("The complaint names this conversation.");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Sign off" }).click();
  await page.getByText(/Justified: Lea Weiss/).waitFor();
  await expectAccessible(page);
  expectNoComplaints(page);
}

describe("a reported message", () => {
  test("is decided without being read, and the decision stands", async () => {
    const page = await officer({ size: PHONE });
    await page.goto("/reports");
    await page
      .getByRole("heading", { name: `Message ${story.astray} of Dr. Ines Adler` })
      .waitFor();
    await page.getByRole("button", { name: "Decide" }).click();
    await page.getByText("Choose one of the two.").waitFor();
    await page.getByText("Say why.", { exact: true }).waitFor();
    await expectAccessible(page);
    await page.getByRole("radio", { name: "It stays hidden" }).check();
    await page.getByRole("textbox", { name: "Reason" }).fill("Confirmed by Dr. Adler.");
    await page.getByRole("button", { name: "Decide" }).click();
    await page.getByText("Nothing waits for you").waitFor();
    await page.getByText("Decided", { exact: true }).click();
    await page.getByText("Stays hidden").waitFor();
    await expectAccessible(page);
    expectNoComplaints(page);
  });
});
