import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  expectAccessible,
  expectNoComplaints,
  openBrowser,
  openPage,
  PHONE,
  turnTo,
} from "./support/browser";
import { type Booked, book, draft, morningZone, newPatient, openAllHours } from "./support/clinic";
import { Caller, logIn } from "./support/people";
import { Server } from "./support/server";

let server: Server;
let browser: Browser;
let adler: Caller;
let paula: Caller;
let noor: Caller;
let visits: Booked[];
beforeAll(async () => {
  server = await Server.start();
  browser = await openBrowser();
  adler = await Caller.logIn(server.url, "dr.adler");
  paula = await Caller.logIn(server.url, "paula");
  noor = await newPatient(server.url, "noor", "Noor Haddad");
  await openAllHours(adler);
  visits = [
    await book(paula, adler, 5, "Cough since Sunday", 5),
    await book(noor, adler, 305, "Blood pressure", 5),
    await book(paula, adler, 7_200, null, 30),
    await book(noor, adler, 10_800, "A second look", 30),
  ];
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

const zone = morningZone();

async function open(login: "dr.adler" | "dr.okafor", options = {}): Promise<Page> {
  const page = await openPage(browser, server.url, { zone, ...options });
  await logIn(page, login);
  await page.getByRole("heading", { level: 1, name: /Dr\./ }).waitFor();
  return page;
}

function dayIn(days: number): string {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: zone }).format(
    Date.now() + days * 86_400_000,
  );
}

const statusOf = async (visit: Booked) =>
  (await adler.call<{ status: string }>("GET", `/api/appointments/${visit.appointment_id}`)).status;

describe("a doctor's day", () => {
  test("shows who is here, who waits, what is unfinished and what is due", async () => {
    const [here, , later] = visits as [Booked, Booked, Booked, Booked];
    await noor.call("POST", `/api/rooms/${visits[1]?.room_id}/messages`, { body: "May I ask?" });
    await draft(adler, later, { treatment_plan: "Rest." });
    const reviewed = await draft(adler, visits[3] as Booked, {
      treatment_plan: "Salt less.",
      review_on: new Date().toISOString().slice(0, 10),
    });
    await adler.call("POST", `/api/consultations/${reviewed}/sign`);
    const page = await open("dr.adler");
    const now = page.getByRole("region", { name: "Here now" });
    await now.getByText("Paula Moreno").waitFor();
    const waiting = page.getByRole("region", { name: "Waiting for your answer" });
    const first = waiting.getByRole("link").first();
    await first.waitFor();
    expect(await first.getAttribute("href")).toMatch(/^\/messages\/[0-9a-f-]{36}$/);
    await page.getByRole("region", { name: "Not signed yet" }).getByText("Paula Moreno").waitFor();
    await page.getByRole("region", { name: "Reviews due" }).getByText("Noor Haddad").waitFor();
    await page.getByText(/^Now, /).waitFor();
    await expectAccessible(page);

    await now.getByRole("button", { name: "Complete" }).click();
    await page.getByText("The appointment is completed.").waitFor();
    expect(await statusOf(here)).toBe("completed");
    const next = page.getByRole("region", { name: "Next patient" });
    await next.getByText("Noor Haddad").waitFor();
    await expectAccessible(page);
    expectNoComplaints(page);
  });

  test("says who did not come", async () => {
    const page = await open("dr.okafor");
    await page.getByText("Nobody is booked today").waitFor();
    await page.getByText("Everything is read.").waitFor();
    await page.getByText("Every consultation is signed.").waitFor();
    await page.getByText("No reviews this week.").waitFor();
    await expectAccessible(page);

    const okafor = await Caller.logIn(server.url, "dr.okafor");
    await openAllHours(okafor);
    const missed = await book(noor, okafor, 5, null, 5);
    await page.reload();
    await page
      .getByRole("region", { name: "Here now" })
      .getByRole("button", { name: "Did not come" })
      .click();
    await page.getByText("Noted that the patient did not come.").waitFor();
    const { status } = await okafor.call<{ status: string }>(
      "GET",
      `/api/appointments/${missed.appointment_id}`,
    );
    expect(status).toBe("no_show");
  });

  test("moves and cancels what is still to come", async () => {
    const page = await open("dr.adler");
    const moved = await book(paula, adler, 14_400, "Move me");
    await page.reload();
    const line = page.getByRole("listitem").filter({ hasText: "Move me" });
    await line.getByRole("button", { name: "Move" }).click();
    const moving = page.getByRole("dialog", { name: "Move the appointment" });
    await moving.getByLabel("Day").fill(dayIn(6));
    await moving
      .getByText(/^11:00/)
      .first()
      .click();
    await expectAccessible(page);
    await moving.getByRole("button", { name: "Move it" }).click();
    await page.getByText(/^Moved to/).waitFor();
    await line.waitFor({ state: "detached" });

    await page
      .getByRole("listitem")
      .filter({ hasText: "A second look" })
      .getByRole("button", { name: "Cancel" })
      .click();
    const cancelling = page.getByRole("dialog", { name: "Cancel the appointment?" });
    await cancelling.getByRole("textbox", { name: "A word to the patient" }).fill("I am ill.");
    await expectAccessible(page);
    await cancelling.getByRole("button", { name: "Cancel the appointment" }).click();
    await page.getByText("The appointment is cancelled. The patient is told.").waitFor();
    expect(await statusOf(visits[3] as Booked)).toBe("cancelled");
    expect(await statusOf(moved)).toBe("scheduled");
  });

  test("says whether the doctor can be reached", async () => {
    const page = await open("dr.adler");
    await page.getByText("Busy", { exact: true }).click();
    const me = () => adler.call<{ availability: string }>("GET", "/api/users/me");
    await expect.poll(async () => (await me()).availability, { timeout: 15_000 }).toBe("busy");
    await page.reload();
    await page.getByRole("radio", { name: "Busy", checked: true }).waitFor({ state: "attached" });
    await expectAccessible(page);
  });
});

describe("the calendar", () => {
  test("shows a week and a day, and goes to any day", async () => {
    await book(noor, adler, 9 * 86_400, "In nine days");
    const page = await open("dr.adler");
    await turnTo(page, "Calendar");
    await page
      .getByRole("link", { name: /Paula Moreno/ })
      .first()
      .waitFor();
    await expectAccessible(page);
    await page.getByLabel("Go to day").fill(dayIn(9));
    const one = page.getByRole("link", { name: /Noor Haddad/ });
    await one.first().waitFor();
    await page.getByText("Day", { exact: true }).click();
    await one.waitFor();
    expect(await one.getAttribute("href")).toMatch(/^\/appointments\//);
    await page.getByRole("button", { name: "The day after" }).click();
    await page.getByText("No appointments.").waitFor();
    await expectAccessible(page);
    await page.getByRole("button", { name: "Today" }).click();
    await page
      .getByRole("link", { name: /Paula Moreno/ })
      .first()
      .waitFor();
  });

  test("is an agenda on a phone, also in the dark", async () => {
    const page = await open("dr.adler", { size: PHONE, scheme: "dark" });
    await turnTo(page, "Calendar");
    await page
      .getByRole("link", { name: /Paula Moreno/ })
      .first()
      .waitFor();
    await expectAccessible(page);
    await page.setViewportSize({ width: 320, height: 640 });
    for (const path of ["/calendar", "/home", "/hours", "/patients"]) {
      await page.goto(path);
      await page.getByRole("heading", { level: 1 }).waitFor();
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(wide, path).toBeLessThanOrEqual(320);
    }
  });
});

describe("working hours", () => {
  test("are changed, with what does not fit said in words", async () => {
    const page = await open("dr.adler");
    await turnTo(page, "Hours");
    const monday = page.getByRole("group", { name: "Monday" });
    await monday.getByLabel("Monday, from (1)").fill("09:00");
    await monday.getByLabel("Monday, to (1)").fill("08:00");
    await monday.getByText("It ends before it begins.").waitFor();
    await expectAccessible(page);
    await monday.getByLabel("Monday, to (1)").fill("12:00");
    await monday.getByRole("button", { name: "Monday: add hours" }).click();
    await monday.getByLabel("Monday, from (2)").fill("11:00");
    await monday.getByLabel("Monday, to (2)").fill("17:00");
    await monday.getByText("It overlaps with other hours of this day.").first().waitFor();
    await monday.getByLabel("Monday, from (2)").fill("13:00");

    // Another window is quicker, with something else.
    await openAllHours(adler);
    const hours = await adler.call<{ week: { weekday: string; from: string; to: string }[] }>(
      "GET",
      `/api/doctors/${adler.accountId}/hours`,
    );
    const week = hours.week.filter(({ weekday }) => weekday !== "sunday");
    const path = `/api/doctors/${adler.accountId}/hours`;
    await adler.call("PUT", path, { zone, slot_minutes: 30, week });
    await page.getByRole("button", { name: "Save hours" }).click();
    await page.getByText("Your hours were changed in another window").waitFor();
    await expectAccessible(page);
    await page.getByRole("button", { name: "Save mine" }).click();
    await page.getByText("Your hours are saved.").waitFor();
    const after = await adler.call<typeof hours>("GET", path);
    expect(after.week.filter(({ weekday }) => weekday === "monday")).toMatchObject([
      { from: "09:00", to: "12:00" },
      { from: "13:00", to: "17:00" },
    ]);
    await openAllHours(adler);
  });

  test("have exceptions, which say who is booked then", async () => {
    await book(paula, adler, 12 * 86_400, "On the day off");
    const page = await open("dr.adler");
    await page.goto("/hours");
    const exceptions = page.getByRole("region", { name: "Exceptions" });
    await exceptions.getByText("No exceptions are coming up.").waitFor();
    await exceptions.getByRole("textbox", { name: /^Day/ }).fill(dayIn(12));
    await exceptions.getByText("1 appointment is booked then").waitFor();
    await expectAccessible(page);
    await exceptions.getByRole("button", { name: "Add exception" }).click();
    await page.getByText("The exception is saved.").waitFor();
    await exceptions.getByText("Day off").first().waitFor();
    await page.getByText("1 appointment is outside of your hours").waitFor();
    await exceptions.getByRole("button", { name: /as usual again/ }).click();
    await exceptions.getByText("No exceptions are coming up.").waitFor();
    expectNoComplaints(page);
  });
});

describe("patients", () => {
  test("are found by the beginnings of their names, which stay out of addresses", async () => {
    const page = await open("dr.adler");
    const addresses: string[] = [];
    page.on("request", (request) => addresses.push(request.url()));
    await turnTo(page, "Patients");
    await page.getByRole("link", { name: /Paula Moreno/ }).waitFor();
    await expectAccessible(page);
    await page.getByRole("searchbox", { name: "Find a patient" }).fill("hadd");
    await page.getByRole("link", { name: /Noor Haddad/ }).waitFor();
    await page.getByRole("link", { name: /Paula Moreno/ }).waitFor({ state: "detached" });
    await page.getByRole("searchbox", { name: "Find a patient" }).fill("nobody");
    await page.getByText("Nobody of that name").waitFor();
    expect(addresses.filter((address) => /hadd|nobody/i.test(address))).toEqual([]);
    await page.getByRole("searchbox", { name: "Find a patient" }).fill("noor");
    await page.getByRole("link", { name: /Noor Haddad/ }).click();
    await page.getByRole("heading", { level: 1, name: "Noor Haddad" }).waitFor();
    const together = page.getByRole("region", { name: "Appointments together" });
    await together.getByText("Blood pressure").waitFor();
    await page.getByRole("region", { name: "Consultations" }).getByText("Signed").waitFor();
    await page.getByText("No medicines.").waitFor();
    await expectAccessible(page);
    expectNoComplaints(page);
  });

  test("of nobody are nobody, and there may be none yet", async () => {
    const page = await open("dr.adler");
    await page.goto("/patients/01980b5e-0a4c-7d3e-9c61-2f0d5a7b8e94");
    await page.getByText("This is not one of your patients").waitFor();
    await expectAccessible(page);
  });
});

test("other roles have no such pages", async () => {
  const page = await openPage(browser, server.url);
  await logIn(page, "paula");
  for (const path of ["/calendar", "/hours", "/patients"]) {
    await page.goto(path);
    await page.getByText("There is no such page").waitFor();
  }
});

test("it all reads from right to left", async () => {
  const page = await openPage(browser, server.url, { zone, language: "ar" });
  await page.goto("/login");
  await page.locator("input[autocomplete=username]").fill("dr.adler");
  await page.locator("input[autocomplete=current-password]").fill("anamnesis-demo");
  await page.locator("button[type=submit]").click();
  await page.getByRole("heading", { name: "يومك" }).waitFor();
  await expectAccessible(page);
  for (const path of ["/calendar", "/hours", "/patients"]) {
    await page.goto(path);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await expectAccessible(page);
  }
  expectNoComplaints(page);
});
