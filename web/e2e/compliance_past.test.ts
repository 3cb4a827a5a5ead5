import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AsOf, TrailPage } from "../src/api/schema";
import {
  expectAccessible,
  expectNoComplaints,
  gate,
  openBrowser,
  openPage,
  PHONE,
  WARD,
} from "./support/browser";
import { type Story, tellStory } from "./support/compliance_story";
import { pick } from "./support/compliance_support";
import { Caller, logIn } from "./support/people";
import { Server } from "./support/server";

interface Look {
  size?: { width: number; height: number };
  scheme?: "light" | "dark";
}

let server: Server;
let browser: Browser;
let story: Story;
let api: Caller;
beforeAll(async () => {
  server = await Server.start();
  browser = await openBrowser();
  story = await tellStory(server.url);
  desk = await openPage(browser, server.url);
  await logIn(desk, "compliance");
  api = await Caller.logIn(server.url, "compliance");
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

const PATIENT = { timeout: 15_000 };

/** One officer for all of it: who logs in too often is kept waiting. */
let desk: Page;

async function officer({ size = WARD, scheme = "light" }: Look = {}): Promise<Page> {
  await desk.unrouteAll();
  await desk.setViewportSize(size);
  await desk.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
  await desk.goto("/home");
  return desk;
}

/** The events that the slider steps through. */
async function steps(kind: string, id: string) {
  const timeline = await api.call<TrailPage>("GET", `/api/audit/timeline/${kind}/${id}`);
  return timeline.events.filter(({ action }) => action !== "trail_read");
}

const asOf = (kind: string, id: string, position: number) =>
  api.call<AsOf>("GET", `/api/audit/as-of/${kind}/${id}?position=${position}`);

const slider = (page: Page) => page.getByRole("slider", { name: "Moment in its life" });

/** Until what is shown belongs to where the slider is. */
async function rested(page: Page, position: number): Promise<void> {
  await page.waitForURL(`**?position=${position}`);
  await page.locator('[aria-busy="false"]').first().waitFor();
}

describe("the timeline of a room", () => {
  test("tells its life in words and leads to each moment", async () => {
    const page = await officer();
    await page.goto(`/timeline/room/${story.room}`);
    await page.getByText("Paula Moreno took message 4 back").waitFor();
    await page.getByText("Dr. Chidi Okafor was not allowed to read messages").waitFor();
    await expectAccessible(page);
    await page
      .getByRole("link", { name: "See it as of here: Paula Moreno took message 4 back" })
      .click();
    await page.getByText("Message 4: taken back").waitFor();
    expectNoComplaints(page);
  });
});

describe("the as-of slider", () => {
  test("walks through a room by keyboard and shows it as the server tells it", async () => {
    const page = await officer();
    const events = await steps("room", story.room);
    await page.goto(`/as-of/room/${story.room}`);
    await slider(page).focus();
    await page.keyboard.press("Home");
    await rested(page, events[0]?.position ?? 0);
    await page.getByText("This is where it begins.").waitFor();
    await expectAccessible(page);
    for (const event of events.slice(1)) {
      await page.keyboard.press("ArrowRight");
      await rested(page, event.position);
      await page.getByText(event.words).first().waitFor();
      const then = await asOf("room", story.room, event.position);
      if (!("messages" in then.record)) throw new Error("a room");
      const shown = page.getByRole("listitem").filter({ hasText: /Message \d+ ·/ });
      await expect.poll(() => shown.count(), PATIENT).toBe(then.record.messages.length);
      for (const { number, body, hidden, retracted } of then.record.messages) {
        const message = shown.filter({ hasText: `Message ${number} ·` });
        if (hidden) await message.getByText(/^Hidden:/).waitFor();
        else if (retracted !== null) await message.getByText(/^Taken back by/).waitFor();
        else if (body === "sealed") await message.getByText("Sealed").waitFor();
      }
    }
    expect(await slider(page).getAttribute("aria-valuetext")).toMatch(
      /^Event 13 of 13, .*Okafor was not allowed/,
    );
    await page.keyboard.press("PageDown");
    await rested(page, events.at(-11)?.position ?? 0);
    await page.keyboard.press("PageUp");
    await rested(page, events.at(-1)?.position ?? 0);
    expectNoComplaints(page);
  });

  test("says what changed about an appointment", async () => {
    const page = await officer();
    const events = await steps("appointment", story.appointment);
    const moved = events.find(({ action }) => action === "appointment_rescheduled");
    await page.goto(`/as-of/appointment/${story.appointment}?position=${moved?.position}`);
    const changed = page.getByRole("status", { name: "What changed here" });
    await changed.getByText(/^Time: /).waitFor();
    await changed.getByText("Version: 1 → 2").waitFor();
    await page.getByRole("button", { name: "One event back" }).click();
    await rested(
      page,
      events[events.findIndex(({ position }) => position === moved?.position) - 1]?.position ?? 0,
    );
    await page.getByText(/^Was: /).waitFor({ state: "detached" });
    await expectAccessible(page);
    expectNoComplaints(page);
  });

  test("says which sealed part of a consultation was written anew", async () => {
    const page = await officer({ size: PHONE, scheme: "dark" });
    const events = await steps("consultation", story.consultation);
    await page.goto(`/as-of/consultation/${story.consultation}`);
    await slider(page).focus();
    for (const event of events.toReversed().slice(1)) {
      await page.keyboard.press("ArrowLeft");
      await rested(page, event.position);
      const then = await asOf("consultation", story.consultation, event.position);
      if (!("signed_at" in then.record)) throw new Error("a consultation");
      const state = page.locator("dd").filter({ hasText: /^(Draft|Signed )/ });
      const draft = then.record.signed_at === null;
      await expect
        .poll(() => state.first().textContent(), PATIENT)
        .toMatch(draft ? /^Draft/ : /^Signed/);
      if (event.action !== "consultation_amended") continue;
      await page.getByText("Treatment plan: Written anew").waitFor();
      await expectAccessible(page);
    }
    expectNoComplaints(page);
  });

  test("plays by itself to the end and stops there", async () => {
    const page = await officer();
    const events = await steps("room", story.room);
    const last = events.at(-1)?.position ?? 0;
    await page.goto(`/as-of/room/${story.room}?position=${events.at(-2)?.position}`);
    await page.getByRole("button", { name: "Play" }).click();
    await page.getByRole("button", { name: "Pause" }).waitFor();
    await rested(page, last);
    await page.getByRole("button", { name: "Play" }).waitFor();
    expectNoComplaints(page);
  });

  test("keeps what was asked last, however late earlier answers come", async () => {
    const page = await officer();
    const events = await steps("room", story.room);
    const slow = events[5]?.position;
    const late = gate();
    const answered = gate();
    await page.route(`**/api/audit/as-of/room/*?position=${slow}`, async (route) => {
      const answer = await route.fetch();
      await late.opened;
      // Who asked may have stopped waiting.
      await route.fulfill({ response: answer }).catch(() => undefined);
      answered.open();
    });
    await page.goto(`/as-of/room/${story.room}?position=${slow}`);
    await slider(page).focus();
    await page.keyboard.press("End");
    const latest = events.at(-1)?.position ?? 0;
    await rested(page, latest);
    await page.getByRole("listitem").filter({ hasText: "Message 11 ·" }).waitFor();
    late.open();
    await answered.opened;
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(drawn)));
    await rested(page, latest);
    await page.getByRole("listitem").filter({ hasText: "Message 11 ·" }).waitFor();
    await page.getByText("Dr. Chidi Okafor was not allowed").first().waitFor();
  });

  test("says so where there is no such record", async () => {
    const page = await officer();
    await page.goto(`/as-of/room/${story.paula}`);
    await page.getByRole("alert").getByText("That does not exist.").waitFor();
  });
});

describe("what somebody could see", () => {
  test("is listed by kind, as it was then", async () => {
    const page = await officer();
    await page.goto("/could-see");
    await page.getByText("Choose a person and a moment").waitFor();
    await page.getByRole("button", { name: "Show what they could see" }).click();
    await page.getByText("Choose a person first.").waitFor();
    await expectAccessible(page);
    await pick(page, "Person", "Paula");
    await page.getByRole("button", { name: "Show what they could see" }).click();
    for (const words of ["1 conversation", "1 appointment", "1 consultation"]) {
      await page.getByRole("heading", { name: words }).waitFor();
    }
    await page.getByText("Paula Moreno with Dr. Ines Adler").first().waitFor();
    await expectAccessible(page);
    await page.getByRole("link", { name: "See it as it was then" }).first().click();
    await page.getByRole("heading", { name: "As it was: conversation" }).waitFor();
    expectNoComplaints(page);
  });

  test("is nothing of a stranger's, and nothing before the log began", async () => {
    const page = await officer({ size: PHONE });
    await page.goto(`/could-see?person=${story.okafor}`);
    await page.getByText("No record was open to them then.").waitFor();
    await expectAccessible(page);
    await page.getByLabel("At that moment").fill("1999-12-31T23:59:00");
    await page.getByRole("button", { name: "Show what they could see" }).click();
    await page.getByRole("alert").getByText("That was before anything was recorded.").waitFor();
    expectNoComplaints(page);
  });
});
