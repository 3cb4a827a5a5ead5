import { readFile } from "node:fs/promises";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  expectAccessible,
  expectNoComplaints,
  openBrowser,
  openPage,
  PHONE,
  WARD,
} from "./support/browser";
import { type Story, tellStory } from "./support/compliance_story";
import { pick } from "./support/compliance_support";
import { logIn } from "./support/people";
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

const found = (page: Page) => page.getByRole("region", { name: "What was found" });

describe("the compliance officer's home", () => {
  test.each<Look>([{}, { size: PHONE, scheme: "dark" }])(
    "shows what waits, %o",
    async (options) => {
      const page = await officer(options);
      await page.getByText(`Message ${story.astray} of Dr. Ines Adler`).waitFor();
      await page.getByText(/Dr. Chidi Okafor was not allowed to read messages/).waitFor();
      await page.getByText("No grant of another officer waits for you.").waitFor();
      await expectAccessible(page);
      expectNoComplaints(page);
    },
  );

  test("leads to everything about a patient by name", async () => {
    const page = await officer();
    const field = page.getByRole("combobox", { name: "Find a person or a record" });
    await field.fill("P");
    await page.getByText("Type the beginning of a name.").waitFor();
    await field.fill("Pz");
    await page.getByText("Nobody of that name.").waitFor();
    await expectAccessible(page);
    await pick(page, "Find a person or a record", "Paula");
    await page.getByRole("button", { name: "Search", exact: true }).click();
    await page.waitForURL(`**/audit?patient=${story.paula}`);
    await found(page).getByText("Paula Moreno took message 4 back").waitFor();
  });
});

describe("the audit explorer", () => {
  test("finds by each filter, and shows all of a line", async () => {
    const page = await officer();
    await page.goto("/audit");
    await found(page).getByRole("table").waitFor();
    await expectAccessible(page);
    await pick(page, "Who did it", "Okafor");
    await page.getByRole("combobox", { name: "Outcome" }).click();
    await page.getByRole("option", { name: "Refused" }).click();
    await page.getByRole("button", { name: "Search", exact: true }).click();
    await found(page).getByText("2 events").waitFor();
    expect(new URL(page.url()).search).toBe(`?person=${story.okafor}&outcome=denied`);

    await page.getByRole("button", { name: /was not allowed to read messages/ }).click();
    const details = page.getByRole("dialog");
    await details.getByText("access_denied").waitFor();
    await details.getByText(story.room).waitFor();
    await expectAccessible(page);
    await details.getByRole("link", { name: "Everything of this request" }).click();
    await found(page).getByText("1 event", { exact: true }).waitFor();
    expectNoComplaints(page);
  });

  test.each([
    ["record", () => story.room, "The server opened the conversation of"],
    ["patient", () => story.paula, "Dr. Ines Adler signed the consultation"],
    ["action", () => "message_retracted", "Paula Moreno took message 4 back"],
    ["to", () => new Date().toISOString(), "Paula Moreno"],
    ["from", () => new Date(Date.now() - 3_600_000).toISOString(), "Carl Compton"],
  ])("finds by %s", async (name, value, words) => {
    const page = await officer();
    await page.goto(`/audit?${new URLSearchParams({ [name]: value() })}`);
    await found(page).getByText(words).first().waitFor();
    await page.getByRole("button", { name: /^Remove: / }).waitFor();
  });

  test("says what is no id beside the field, and keeps what was typed", async () => {
    const page = await officer();
    await page.goto("/audit");
    await page.getByRole("textbox", { name: "Record" }).fill("the room of Paula");
    await page.getByRole("button", { name: "Search", exact: true }).click();
    await page.getByText(/This is no id/).waitFor();
    expect(await page.getByRole("textbox", { name: "Record" }).inputValue()).toMatch(/Paula/);
    expect(new URL(page.url()).search).toBe("");
  });

  test("goes on where there is more", async () => {
    const page = await officer();
    await page.goto("/audit");
    await found(page).getByText("50 events so far").waitFor();
    await page.getByRole("button", { name: "Show more" }).click();
    await found(page)
      .getByText(/\d{2,} events/)
      .waitFor();
    await found(page).getByRole("row").nth(60).waitFor();
  });

  test("keeps a search, calls it something else, runs it and lets it go", async () => {
    const page = await officer();
    await page.goto("/audit?outcome=denied");
    await page.getByRole("button", { name: "Save search" }).click();
    await page.getByRole("textbox", { name: "Name of the search" }).fill("Refused");
    await expectAccessible(page);
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByRole("button", { name: "Refused", exact: true }).waitFor();

    await page.getByRole("button", { name: "Save search" }).click();
    await page.getByRole("textbox", { name: "Name of the search" }).fill("refused");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("You already have a search of this name.").waitFor();
    await page.getByRole("button", { name: "Cancel" }).click();

    await page.getByRole("button", { name: "More about “Refused”" }).click();
    await page.getByRole("menuitem", { name: "Rename" }).click();
    await page.getByRole("textbox", { name: "Name of the search" }).fill("Strangers");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByRole("button", { name: "Refused", exact: true }).waitFor({ state: "detached" });
    await page.goto("/home");
    await page.getByRole("button", { name: "Strangers", exact: true }).click();
    await page.waitForURL("**/audit?outcome=denied");
    await page.getByRole("heading", { level: 1, name: "Audit trail" }).waitFor();
    await page.getByRole("button", { name: "More about “Strangers”" }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await page.getByRole("group", { name: "Saved searches" }).waitFor({ state: "detached" });
    expectNoComplaints(page);
  });

  test("signs a review off, and all of it stands in the reviews", async () => {
    const page = await officer();
    await page.goto("/audit?outcome=denied");
    await found(page).getByText("2 events").waitFor();
    await page.getByRole("button", { name: "Sign off" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText(/looked through 2 events/).waitFor();
    await dialog.getByRole("textbox", { name: "What it came to" }).fill("One stranger, told.");
    await expectAccessible(page);
    await dialog.getByRole("button", { name: "Sign", exact: true }).click();
    await page.getByText(/^Signed: positions/).waitFor();
    await page.getByRole("link", { name: "Reviews" }).click();
    await page.getByText("One stranger, told.").waitFor();
    await expectAccessible(page);
    expectNoComplaints(page);
  });

  test("works on a phone, in the dark", async () => {
    const page = await officer({ size: PHONE, scheme: "dark" });
    await page.goto("/audit");
    await page.getByRole("list", { name: "Events" }).waitFor();
    await expectAccessible(page);
    await page.getByRole("button", { name: "Filters" }).click();
    await page.getByRole("combobox", { name: "Event" }).fill("taken back");
    await page.getByRole("option", { name: "Message taken back" }).click();
    await expectAccessible(page);
    await page.getByRole("button", { name: "Search", exact: true }).click();
    await found(page).getByText("1 event", { exact: true }).waitFor();
    await found(page)
      .getByRole("button", { name: /took message 4 back/ })
      .click();
    await page.getByRole("dialog").getByText("message_retracted").waitFor();
    expectNoComplaints(page);
  });

  test("stands from right to left in Arabic", async () => {
    const page = await openPage(browser, server.url, { language: "ar" });
    await page.goto("/login");
    await page.locator('input[autocomplete="username"]').fill("compliance");
    await page.locator('input[type="password"]').fill("anamnesis-demo");
    await page.locator('button[type="submit"]').click();
    await page.waitForURL("**/home");
    for (const path of ["/audit", `/as-of/room/${story.room}`, "/break-glass", "/reports"]) {
      await page.goto(path);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await expectAccessible(page);
    }
    expect(await page.evaluate(() => document.documentElement.dir)).toBe("rtl");
    expectNoComplaints(page);
  });
});

describe("an export", () => {
  test.each([
    ["JSON Lines", (lines: string[]) => lines.length - 1],
    ["CSV", (lines: string[]) => lines.length - 2],
  ])("as %s has as many events as it says", async (format, count) => {
    const page = await officer();
    await page.goto("/audit/export");
    await pick(page, "Patient", "Paula");
    await page.getByRole("radio", { name: format }).check();
    await expectAccessible(page);
    await page.getByRole("button", { name: "Fetch the file" }).click();
    const said = await page.getByText(/^Complete: \d+ events$/).textContent();
    await expectAccessible(page);
    const coming = page.waitForEvent("download");
    await page.getByRole("link", { name: "Save the file" }).click();
    const file = await (await coming).path();
    const lines = (await readFile(file, "utf8")).trim().split(/\r?\n/);
    expect(`Complete: ${count(lines)} events`).toBe(said);
    expectNoComplaints(page);
  });

  test("of what is still to come is refused in words", async () => {
    const page = await officer();
    await page.goto("/audit/export");
    await page.getByLabel("Until").fill("2999-01-01T00:00:00");
    await page.getByRole("button", { name: "Fetch the file" }).click();
    await page.getByRole("alert").getByText("That moment is still to come.").waitFor();
  });
});

describe("a replay", () => {
  test("tells the log in order and says that it is complete", async () => {
    const page = await officer();
    await page.goto("/replay");
    await page.getByRole("textbox", { name: "From position" }).fill("1");
    await page.getByRole("textbox", { name: "Up to position" }).fill("20");
    await page.getByRole("button", { name: "Replay" }).click();
    await page.getByText("Complete: 20 events").waitFor();
    await page.getByText("Paula Moreno registered as a patient").waitFor();
    await expectAccessible(page);
    expectNoComplaints(page);
  });
});

describe("who is no compliance officer", () => {
  test("finds no such page", async () => {
    const page = await openPage(browser, server.url);
    await logIn(page, "paula");
    const paths = [
      "/audit",
      "/audit/reviews",
      "/audit/export",
      "/replay",
      "/could-see",
      "/break-glass",
      `/break-glass/${story.room}`,
      "/reports",
      `/timeline/room/${story.room}`,
      `/as-of/room/${story.room}`,
    ];
    for (const path of paths) {
      await page.goto(path);
      await page.getByText("There is no such page").waitFor();
    }
    expectNoComplaints(page);
  });
});
