import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import {
  expectAccessible,
  expectNoComplaints,
  openBrowser,
  openPage,
  PHONE,
  turnTo,
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
/** A page that stays open goes on reading. */
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
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
const connected = (page: Page, options = {}) => page.getByText("Connected").waitFor(options);
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
    expectNoComplaints(patient);
    expectNoComplaints(doctor);
  });

  test("words are edited, with their history, and taken back after a question", async () => {
    const patient = await open("paula");
    const doctor = await open("dr.adler");
    await say(patient, "Since Sunday");
    await bubble(patient, "Since Sunday").getByRole("button", { name: "More" }).click();
    await patient.getByRole("menuitem", { name: "Edit" }).click();
    const editor = patient.getByRole("textbox", { name: "Edit your message" });
    await editor.fill("Since Saturday");
    await editor.press("Enter");
    await bubble(doctor, "Since Saturday").getByRole("button", { name: "edited" }).click();
    const versions = doctor.getByRole("dialog", { name: "edited" });
    await versions.getByText("Since Sunday").waitFor();
    await expectAccessible(doctor);
    await doctor.keyboard.press("Escape");

    await bubble(patient, "Since Saturday").getByRole("button", { name: "More" }).click();
    await patient.getByRole("menuitem", { name: "Take back" }).click();
    const question = patient.getByRole("dialog", { name: "Take this message back?" });
    await question.waitFor();
    await expectAccessible(patient);
    await question.getByRole("button", { name: "Take back" }).click();
    await bubble(doctor, "This message was taken back.").waitFor();
    await bubble(patient, "This message was taken back.").waitFor();
    await bubble(doctor, "Since Saturday").waitFor({ state: "detached" });
    expectNoComplaints(patient);
    expectNoComplaints(doctor);
  });

  test("reactions are chosen with the keyboard, and seen by both", async () => {
    const patient = await open("paula");
    const doctor = await open("dr.adler");
    await say(doctor, "Take the syrup.");
    const react = bubble(patient, "Take the syrup.").getByRole("button", { name: "React" });
    await react.focus();
    await patient.keyboard.press("Enter");
    await patient.getByRole("button", { name: "Thumbs up" }).waitFor();
    await expectAccessible(patient);
    await patient.keyboard.press("ArrowDown");
    await patient.keyboard.press("ArrowRight");
    await patient.keyboard.press("Enter");
    const thanks = bubble(doctor, "Take the syrup.").getByRole("button", {
      name: /Thank you|Surprised/,
    });
    await thanks.waitFor();
    const own = bubble(patient, "Take the syrup.").getByRole("button", { pressed: true });
    await own.click();
    await thanks.waitFor({ state: "detached" });
  });

  test("an emoji is found by its name and put where one writes", async () => {
    const patient = await open("paula");
    await composer(patient).fill("Better ");
    await patient.getByRole("button", { name: "Emoji" }).click();
    await patient.getByRole("searchbox", { name: "Search emoji" }).fill("thumbs u");
    await expectAccessible(patient);
    await patient.getByRole("button", { name: "thumbs up" }).click();
    expect(await composer(patient).inputValue()).toBe("Better 👍");
  });

  test("what is hidden is shown as hidden, and in a closed room nobody writes", async () => {
    const admin = await Caller.logIn(server.url, "admin");
    const doctor = await open("dr.adler");
    const patient = await open("paula");
    await say(doctor, "Mr Vega: the biopsy is fine.");
    await bubble(patient, "biopsy").waitFor();
    const told = await adler.call<{ messages: { number: number }[] }>(
      "GET",
      `/api/rooms/${room}/messages?limit=1`,
    );
    const path = `/api/rooms/${room}/messages/${told.messages[0]?.number}/report`;
    await admin.call("POST", path, { reason: "wrong_patient" });
    await bubble(patient, "This message is hidden").waitFor();
    await bubble(doctor, "This message is hidden").waitFor();
    await doctor.getByRole("button", { name: "What you can do with this conversation" }).click();
    await doctor.getByRole("menuitem", { name: "Close the conversation" }).click();
    await patient.getByText("This conversation is closed").waitFor();
    await expectAccessible(patient);
    await doctor.getByRole("button", { name: "What you can do with this conversation" }).click();
    await doctor.getByRole("menuitem", { name: "Open it again" }).click();
    await composer(patient).waitFor();
  });
});

describe("around the conversation", () => {
  test("the list, the menu and the title count what waits, until it is seen", async () => {
    const doctor = await open("dr.adler", {}, "/messages");
    await post(paula, room, "Are you there?");
    const row = doctor.getByRole("listitem").filter({ hasText: "Are you there?" });
    await row.getByText(/unread message/).waitFor();
    await doctor.getByRole("alert").filter({ hasText: "New message from" }).waitFor();
    await doctor.waitForFunction(() => /^\(\d+\) /.test(document.title));
    await expectAccessible(doctor);
    await row.getByRole("link").click();
    await bubble(doctor, "Are you there?").waitFor();
    await row.getByText(/unread message/).waitFor({ state: "detached" });
    await doctor.waitForFunction(() => !/^\(\d+\) /.test(document.title));
    await doctor.getByRole("searchbox", { name: "Filter by name" }).fill("nobody of that name");
    await doctor.getByText("Nobody of that name writes with you.").waitFor();
    expectNoComplaints(doctor);
  });

  test("a page that nobody looks at has not read anything", async () => {
    const patient = await open("paula");
    const doctor = await open("dr.adler");
    await doctor.evaluate(() => {
      document.hasFocus = () => false;
      window.dispatchEvent(new Event("blur"));
    });
    await say(patient, "Nobody is there to read this");
    await bubble(doctor, "Nobody is there").waitFor();
    await bubble(patient, "Nobody is there").getByText("Delivered", { exact: true }).waitFor();
  });

  test("drafts are kept, for each conversation, and never stored", async () => {
    const patient = await open("paula");
    await composer(patient).fill("I have not decided whether");
    await patient.getByRole("link", { name: "Home" }).click();
    await patient.getByRole("heading", { level: 1, name: /Welcome/ }).waitFor();
    await turnTo(patient, "Messages");
    await patient.getByRole("link", { name: /Adler/ }).click();
    expect(await composer(patient).inputValue()).toBe("I have not decided whether");
    const stored = await patient.evaluate(() =>
      JSON.stringify({ ...localStorage, ...sessionStorage }),
    );
    expect(stored).not.toContain("decided");
  });

  test("a stranger's room does not exist", async () => {
    const okafor = await open("dr.okafor");
    await okafor.getByText("There is no such page").waitFor();
    const page = await openPage(browser, server.url);
    await logIn(page, "admin");
    await page.goto("/messages");
    await page.getByText("There is no such page").waitFor();
  });

  test("somebody without conversations is told how one begins", async () => {
    const doctor = await open("dr.okafor", { scheme: "dark" }, "/messages");
    await doctor.getByText("No conversations yet").waitFor();
    await expectAccessible(doctor);
  });

  test("on a phone, one after the other, in the dark", async () => {
    const patient = await open("paula", { size: PHONE, scheme: "dark" }, "/messages");
    await expectAccessible(patient);
    await patient.getByRole("link", { name: /Adler/ }).click();
    await composer(patient).waitFor();
    await say(patient, "From my phone");
    await expectAccessible(patient);
    await patient.getByRole("link", { name: "Back to the conversations" }).click();
    await patient.getByRole("heading", { name: "Messages" }).waitFor();
    await patient.setViewportSize({ width: 320, height: 640 });
    await patient.getByRole("link", { name: /Adler/ }).click();
    await composer(patient).waitFor();
    const wider = await patient.evaluate(
      () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
    );
    expect(wider).toBe(false);
    expectNoComplaints(patient);
  });

  test("in Arabic, from right to left", async () => {
    const page = await openPage(browser, server.url, { language: "ar" });
    await page.goto("/login");
    await page.getByRole("textbox", { name: /اسم المستخدم/ }).fill("paula");
    await page.getByRole("textbox", { name: "كلمة المرور" }).fill("anamnesis-demo");
    await page.getByRole("button", { name: "تسجيل الدخول" }).click();
    await page.waitForURL("**/home");
    await page.goto(`/messages/${room}`);
    await page.getByRole("textbox", { name: /رسالة إلى/ }).waitFor();
    expect(await page.evaluate(() => document.documentElement.dir)).toBe("rtl");
    await expectAccessible(page);
  });

  test("notices are told in the header, lead on, and are seen then", async () => {
    await book(paula, adler.accountId);
    const doctor = await open("dr.adler", {}, "/messages");
    await doctor.getByRole("button", { name: /Notices, \d+ new/ }).click();
    const list = doctor.getByRole("dialog", { name: "Notices" });
    await list.getByText("booked an appointment with you").first().waitFor();
    await expectAccessible(doctor);
    await doctor.keyboard.press("Escape");
    await doctor.getByRole("button", { name: "Notices", exact: true }).waitFor();
  });
});

describe("when the line is lost", () => {
  test("one reads and writes offline, and it is sent on return, in order", async () => {
    const patient = await open("paula");
    const doctor = await open("dr.adler");
    await patient.context().setOffline(true);
    await patient.getByText("No connection.").waitFor();
    await say(patient, "Written in a tunnel");
    await say(patient, "And one more");
    await bubble(patient, "And one more").getByText("Sending…").waitFor();
    await expectAccessible(patient);
    await patient.context().setOffline(false);
    await bubble(doctor, "And one more").waitFor();
    await bubble(patient, "And one more")
      .getByText(/Read|Delivered/)
      .waitFor();
    const words = await doctor.getByRole("listitem").allInnerTexts();
    const at = (part: string) =>
      words.findIndex((one) => one.includes(part) && !one.includes("You:"));
    const bubbles = words.filter((one) => /tunnel|one more/.test(one)).slice(-2);
    expect(bubbles[0]).toContain("tunnel");
    expect(at("tunnel")).toBeGreaterThan(-1);
  });

  test("a server that is killed and comes back costs nothing", async () => {
    const patient = await open("paula");
    const doctor = await open("dr.adler");
    await say(patient, "Before the power failed");
    await server.kill();
    await patient.getByText("No connection.").waitFor();
    await say(patient, "While the power was out");
    await server.up();
    // The longest that a page waits before it tries again, and some time to connect.
    const soon = { timeout: 40_000 };
    await connected(patient, soon);
    await connected(doctor, soon);
    await bubble(doctor, "While the power was out").waitFor();
    await bubble(patient, "While the power was out")
      .getByText(/Read|Delivered/)
      .waitFor();
    await say(doctor, "There it is again.");
    await bubble(patient, "There it is again.").waitFor();
    for (const page of [patient, doctor]) {
      for (const words of [
        "Before the power failed",
        "While the power was out",
        "There it is again.",
      ]) {
        expect(await bubble(page, words).count()).toBe(1);
      }
    }
  });
});
