import { readFile } from "node:fs/promises";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  expectAccessible,
  expectNoComplaints,
  openBrowser,
  openPage,
  PHONE,
} from "./support/browser";
import { treated } from "./support/patient";
import { Caller, logIn } from "./support/people";
import { Server } from "./support/server";

const EMERGENCY = "+49 30 123 99";

let server: Server;
let browser: Browser;
let world: Record<string, string>;
beforeAll(async () => {
  process.env.ANAMNESIS_HOSPITAL__NAME = "St. Anna";
  process.env.ANAMNESIS_HOSPITAL__PHONE = "+49 30 123 40";
  process.env.ANAMNESIS_HOSPITAL__EMERGENCY_PHONE = EMERGENCY;
  server = await Server.start();
  browser = await openBrowser();
  world = await treated(server.url);
});
afterAll(async () => {
  for (const key of ["NAME", "PHONE", "EMERGENCY_PHONE"])
    delete process.env[`ANAMNESIS_HOSPITAL__${key}`];
  await browser.close();
  await server.stop();
});

async function asPaula(options = {}): Promise<Page> {
  const page = await openPage(browser, server.url, options);
  await logIn(page, "paula");
  return page;
}

describe("the record", () => {
  test("what was signed is read, with what was changed and what stood there before", async () => {
    const page = await asPaula();
    await page.getByRole("link", { name: /Signed on/ }).click();
    await page.getByText("Rest, plenty to drink, and tea with honey.").first().waitFor();
    await page.getByText("Ivy syrup").waitFor();
    await page.getByRole("button", { name: /Because: Forgot the tea/ }).click();
    await page.getByText("Rest, and plenty to drink.").waitFor();
    await page.getByText("The tea is my advice.").waitFor();
    await expectAccessible(page);
    expectNoComplaints(page);
  });

  test("a correction is asked for; the words stay until they have arrived; the answer comes", async () => {
    const page = await asPaula({ size: PHONE });
    await page.goto(`/consultations/${world.consultation}`);
    const words = page.getByRole("textbox", { name: "What should be corrected?" });
    await page.getByRole("button", { name: "Ask for a correction" }).click();
    await page.getByText("Say what should be corrected.").waitFor();
    await words.fill("There was some fever.");
    let lost = 0;
    await page.route("**/corrections", async (route) => {
      if (route.request().method() !== "POST" || lost > 0) return route.continue();
      lost += 1;
      await route.fetch();
      await route.abort();
    });
    await page.getByRole("button", { name: "Ask for a correction" }).click();
    await page.getByText("It is not known whether this arrived").waitFor();
    expect(await words.inputValue()).toBe("There was some fever.");
    await expectAccessible(page);
    await page.getByRole("button", { name: "Ask for a correction" }).click();
    await page.getByText("Your request was sent.").waitFor();
    expect(await words.inputValue()).toBe("");

    const adler = await Caller.logIn(server.url, "dr.adler");
    const path = `/api/consultations/${world.consultation}/corrections`;
    const { corrections } = await adler.call<{ corrections: { text: string }[] }>("GET", path);
    expect(corrections.filter(({ text }) => text === "There was some fever.")).toHaveLength(1);
    await adler.call("POST", `${path}/3/decline`, { statement: "We measured 36.8." });
    await page.reload();
    await page.getByText("We measured 36.8.").waitFor();
    await expectAccessible(page);
    expectNoComplaints(page);
  });

  test("medicines: how, since when, by whom, and from which consultation", async () => {
    const page = await asPaula();
    await page.getByRole("link", { name: "Medicines", exact: true }).click();
    await page.getByRole("heading", { name: "Ivy syrup" }).waitFor();
    await page.getByText("5 ml · by mouth · twice a day").waitFor();
    await page.getByText("Prescribed by Dr. Ines Adler").first().waitFor();
    await expectAccessible(page);
    await page.getByRole("link", { name: "From this consultation" }).first().click();
    await page.getByText("Lungs clear on both sides").waitFor();
    expectNoComplaints(page);
  });
});

describe("privacy", () => {
  test("who looked: the doctor for the treatment, the officer as an exception with a reason", async () => {
    const page = await asPaula();
    await page.getByText("Your record was opened for a check").waitFor();
    await page.getByRole("link", { name: "Who looked at my record" }).click();
    const opened = page.getByRole("region", { name: "When your record was opened for a check" });
    await opened.getByText("“A complaint about the record”").waitFor();
    await page.getByText("Exception, not for your treatment").waitFor();
    await page.getByText("“A complaint about the record”").nth(1).waitFor();
    await page.getByText("For your treatment").first().waitFor();
    expect(await page.getByText("You looked at it yourself").count()).toBe(0);
    await page.getByRole("switch", { name: "Also when I looked myself" }).check();
    await page.getByText("You looked at it yourself").first().waitFor();
    await expectAccessible(page);
    expectNoComplaints(page);
  });

  test("after the doctor has read the messages, that is there", async () => {
    const adler = await Caller.logIn(server.url, "dr.adler");
    const { room_id } = await adler.call<{ room_id: string }>(
      "GET",
      `/api/appointments/${world.appointment}`,
    );
    await adler.call("GET", `/api/rooms/${room_id}/messages`);
    const page = await asPaula();
    await page.goto("/privacy");
    await page
      .getByText(/messages? of your conversation with Dr. Ines Adler/)
      .first()
      .waitFor();
  });

  test("own requests for corrections are found again", async () => {
    const page = await asPaula();
    await page.goto("/privacy");
    await page.getByRole("button", { name: "Show my requests" }).click();
    await page.getByText("I cough since Saturday.").waitFor();
    await page.getByText("Waits for an answer").first().waitFor();
    await expectAccessible(page);
  });

  test.each([
    ["Download as a page", /\.html$/, /This is complete/],
    ["Download for programs (JSON)", /\.json$/, /"complete":true\}\s*$/],
  ])("%s: the whole file is saved", async (button, name, end) => {
    const page = await asPaula();
    await page.goto("/privacy");
    const coming = page.waitForEvent("download");
    await page.getByRole("button", { name: button }).click();
    const download = await coming;
    expect(download.suggestedFilename()).toMatch(name);
    const content = await readFile(await download.path(), "utf8");
    expect(content).toMatch(end);
    expect(content).toContain("Ivy syrup");
    await page.getByText("Saved completely").waitFor();
    await expectAccessible(page);
    expectNoComplaints(page);
  });

  test("a file that was cut is not passed for a whole one", async () => {
    const page = await asPaula();
    await page.route("**/api/my-data**", async (route) => {
      const answer = await route.fetch();
      const whole = await answer.text();
      await route.fulfill({ response: answer, body: whole.slice(0, whole.length / 2) });
    });
    await page.goto("/privacy");
    await page.getByRole("button", { name: "Download as a page" }).click();
    await page.getByText("The file ended too early").waitFor();
  });
});

describe("contacts", () => {
  test("what to do in an emergency, the care team and the hospital", async () => {
    const page = await asPaula({ size: PHONE });
    await page.goto("/contacts");
    const line = page.getByRole("link", { name: `Our emergency line: ${EMERGENCY}` });
    await line.waitFor();
    expect(await line.getAttribute("href")).toBe("tel:+493012399");
    const general = page.getByRole("link", { name: "Call 112" });
    expect(await general.getAttribute("href")).toBe("tel:112");
    await page.getByRole("link", { name: "Write to Dr. Ines Adler" }).waitFor();
    await expectAccessible(page);
    await page.getByRole("link", { name: "Book an appointment with Dr. Ines Adler" }).click();
    await page.getByText("Looks after hearts").waitFor();
    expectNoComplaints(page);
  });
});
