/** How one comes to what was said: far up, further down, and while something else is in front. */
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import {
  expectAccessible,
  expectNoComplaints,
  openBrowser,
  openPage,
  restingPlace,
} from "./support/browser";
import { book, post } from "./support/chat";
import { Caller, type Login, logIn } from "./support/people";
import { Server } from "./support/server";

/** More than two pages of the API. */
const LINES = 150;

let server: Server;
let browser: Browser;
let paula: Caller;
let room: string;

beforeAll(async () => {
  server = await Server.start();
  browser = await openBrowser();
  paula = await Caller.logIn(server.url, "paula");
  const adler = await Caller.logIn(server.url, "dr.adler");
  room = (await book(paula, adler.accountId)).room_id;
  for (let line = 1; line <= LINES; line += 1) await post(paula, room, words(line));
});
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

/** Of very different lengths, so that no guess of a height is right. */
function words(line: number): string {
  return `Line ${line}.${" And a few more words.".repeat((line * 7) % 12)}`;
}

async function open(login: Login, path = `/messages/${room}`): Promise<Page> {
  const page = await openPage(browser, server.url);
  await logIn(page, login);
  await page.goto(path);
  await page.getByText("Connected").waitFor();
  return page;
}

const bubble = (page: Page, text: string) =>
  conversation(page).getByRole("listitem").filter({ hasText: text });

async function say(page: Page, text: string): Promise<void> {
  const composer = page.getByRole("textbox", { name: /Message to/ });
  await composer.fill(text);
  await composer.press("Enter");
  await bubble(page, text)
    .getByText(/Sent|Delivered|Read/)
    .waitFor();
}

const conversation = (page: Page) => page.getByRole("group", { name: "Messages" });
const line = (page: Page, number: number) =>
  conversation(page).getByText(words(number), { exact: true });

/** The lines that are in the page's tree, by their numbers. */
async function inTree(page: Page): Promise<number[]> {
  const texts = await conversation(page).getByRole("listitem").allInnerTexts();
  return texts.flatMap((text) => {
    const found = /Line (\d+)\./.exec(text)?.[1];
    return found === undefined ? [] : [Number(found)];
  });
}

describe("a conversation is read", () => {
  test("from the first message that is new, down to the last, without a gap", async () => {
    const doctor = await open("dr.adler");
    await conversation(doctor).getByText("New messages").waitFor();
    await line(doctor, 1).waitFor();
    expect(await inTree(doctor)).not.toContain(LINES);
    const met = new Set(await inTree(doctor));
    await conversation(doctor).focus();
    await expect
      .poll(
        async () => {
          await doctor.keyboard.press("PageDown");
          for (const number of await inTree(doctor)) met.add(number);
          return met.has(LINES);
        },
        { timeout: 60_000, interval: 50 },
      )
      .toBe(true);
    expect([...met].sort((one, other) => one - other)).toEqual(
      Array.from({ length: LINES }, (_, at) => at + 1),
    );
    await doctor.keyboard.press("End");
    await line(doctor, LINES).waitFor();
    // All of it was on the screen, so nothing waits any more.
    await doctor.waitForFunction(() => !/^\(\d+\) /.test(document.title));
    expectNoComplaints(doctor);
  });

  test("who reads far above stays there when something is said", async () => {
    const patient = await open("paula");
    await line(patient, LINES).waitFor();
    await conversation(patient).focus();
    await expect
      .poll(
        async () => {
          await patient.keyboard.press("Home");
          const above = await conversation(patient).evaluate(({ scrollTop }) => scrollTop);
          return above === 0 && (await inTree(patient)).includes(1);
        },
        { timeout: 60_000, interval: 50 },
      )
      .toBe(true);
    const top = line(patient, 2);
    await top.waitFor();
    const before = await restingPlace(top);
    await post(paula, room, "Said from another device.");
    await patient.getByRole("button", { name: "To the latest" }).waitFor();
    await patient.getByText("Said from another device.").first().waitFor();
    expect(await restingPlace(top)).toBe(before);
    await patient.getByRole("button", { name: "To the latest" }).click();
    await conversation(patient).getByText("Said from another device.").waitFor();
    expectNoComplaints(patient);
  });
});

describe("what went to the wrong patient", () => {
  test("a doctor gets a reference to what went to the wrong patient", async () => {
    const doctor = await open("dr.adler");
    await doctor.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await say(doctor, "Mr Vega, the scan is fine.");
    await bubble(doctor, "the scan is fine").getByRole("button", { name: "More" }).click();
    await doctor.getByRole("menuitem", { name: "Sent to the wrong patient" }).click();
    const dialog = doctor.getByRole("dialog", { name: "Sent to the wrong patient?" });
    const reference = await dialog.getByRole("textbox", { name: "Reference" }).inputValue();
    expect(reference).toMatch(new RegExp(`/messages/${room}#\\d+$`));
    await expectAccessible(doctor);
    await dialog.getByRole("button", { name: "Copy" }).click();
    const copied = () => doctor.evaluate(() => navigator.clipboard.readText());
    await expect.poll(copied, { timeout: 10_000 }).toBe(reference);
    await dialog.getByRole("button", { name: "Done" }).click();
    await dialog.waitFor({ state: "detached" });

    const patient = await open("paula");
    await say(patient, "Who is Mr Vega?");
    await bubble(patient, "Who is Mr Vega?").getByRole("button", { name: "More" }).click();
    await patient.getByRole("menuitem", { name: "Edit" }).waitFor();
    expect(await patient.getByRole("menuitem").count()).toBe(2);
    expectNoComplaints(doctor);
  });
});

describe("the browser tells of a message", () => {
  test("once somebody wants that, without a word of it, and leads there", async () => {
    const page = await openPage(browser, server.url);
    await page.context().grantPermissions(["notifications"], { origin: server.url });
    // What is shown outside the page can not be looked at: it is noted on its way.
    await page.addInitScript(() => {
      const shown: Notification[] = [];
      Object.assign(window, { shown });
      const Real = window.Notification;
      window.Notification = class extends Real {
        constructor(title: string, options?: NotificationOptions) {
          super(title, options);
          shown.push(this);
        }
      };
    });
    await logIn(page, "dr.adler");
    await page.goto("/settings");
    await page.getByText("They are off.").waitFor();
    await page.getByRole("button", { name: "Turn them on" }).click();
    await page.getByText("They are on.").waitFor();
    await page.getByText("Connected").waitFor();
    await post(paula, room, "Only for your eyes");
    // Whoever looks at the page is told there.
    await page.getByRole("alert").filter({ hasText: "New message from" }).waitFor();
    expect(await page.evaluate(titles)).toEqual([]);

    await page.evaluate(() => {
      document.hasFocus = () => false;
    });
    await post(paula, room, "Only for your eyes as well");
    await page.waitForFunction(() => (window as unknown as Shown).shown.length > 0);
    const [title] = await page.evaluate(titles);
    expect(title).toMatch(/^New message from Paula/);
    expect(title).not.toContain("eyes");
    await page.evaluate(() => {
      const [first] = (window as unknown as Shown).shown;
      first?.onclick?.(new Event("click"));
    });
    await page.waitForURL(`**/messages/${room}`);

    await page.goto("/settings");
    await page.getByRole("button", { name: "Turn them off" }).click();
    await page.getByText("They are off.").waitFor();
    expectNoComplaints(page);
  });
});

interface Shown {
  shown: { title: string; onclick: ((event: Event) => void) | null }[];
}

function titles(): string[] {
  return (window as unknown as Shown).shown.map(({ title }) => title);
}
