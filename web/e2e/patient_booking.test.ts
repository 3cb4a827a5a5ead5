import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  expectAccessible,
  expectNoComplaints,
  openBrowser,
  openPage,
  withoutLiveFeed,
} from "./support/browser";
import { book, freeSlots, logInAs, register } from "./support/patient";
import { Caller, logIn } from "./support/people";
import { Server } from "./support/server";

interface Slot {
  starts_at: string;
  ends_at: string;
}

const BERLIN = "Europe/Berlin";

let server: Server;
let browser: Browser;
let paula: Caller;
let adler: Caller;
let okafor: Caller;
beforeAll(async () => {
  server = await Server.start();
  browser = await openBrowser();
  paula = await Caller.logIn(server.url, "paula");
  adler = await Caller.logIn(server.url, "dr.adler");
  okafor = await Caller.logIn(server.url, "dr.okafor");
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

/** As the page writes a time, in a zone. */
function clock(at: string, zone = BERLIN): string {
  return new Intl.DateTimeFormat("en-GB", { timeStyle: "short", timeZone: zone }).format(
    new Date(at),
  );
}

function weekday(at: string, zone = BERLIN): string {
  const options = { weekday: "long", day: "numeric", month: "long", timeZone: zone } as const;
  return new Intl.DateTimeFormat("en-GB", options).format(new Date(at));
}

/** Chooses a time with the pointer, as somebody who sees the page would. */
async function choose(page: Page, at: string, zone = BERLIN): Promise<void> {
  await page.getByRole("radio", { name: new RegExp(`^${weekday(at, zone)}`) }).check();
  await page.getByRole("radio", { name: clock(at, zone), exact: true }).check();
}

async function lastOf(slots: Promise<Slot[]>): Promise<Slot> {
  const slot = (await slots).at(-1);
  if (slot === undefined) throw new Error("nothing is free");
  return slot;
}

async function bookings(caller: Caller, starts_at: string): Promise<{ reason: string | null }[]> {
  const path = "/api/appointments?status=scheduled";
  const { appointments } = await caller.call<{
    appointments: { starts_at: string; reason: string | null }[];
  }>("GET", path);
  return appointments.filter((one) => one.starts_at === starts_at);
}

describe("booking", () => {
  test("a doctor, a day, a time and a reason; then it is there", async () => {
    const page = await openPage(browser, server.url);
    await logIn(page, "paula");
    await page.getByRole("link", { name: "Book an appointment" }).click();
    await page.getByRole("searchbox", { name: "Name" }).fill("okaf");
    await page.getByText("1 doctor found").waitFor();
    await expectAccessible(page);
    await page.getByRole("link", { name: /Dr. Chidi Okafor/ }).click();
    await page.getByText("takes the time that it takes").waitFor();

    const slot = await lastOf(freeSlots(paula, okafor.accountId, 3));
    await choose(page, slot.starts_at);
    await page.getByRole("textbox", { name: /What is it about/ }).fill("My knee hurts.");
    await expectAccessible(page);
    await page.getByRole("button", { name: "Book this time" }).click();
    await page.getByRole("heading", { level: 1, name: "It is booked" }).waitFor();
    await expectAccessible(page);
    await page.getByRole("link", { name: "See the appointment" }).click();
    await page.getByText("My knee hurts.").waitFor();
    await page.getByText(/You booked it for/).waitFor();
    await expectAccessible(page);
    expectNoComplaints(page);
  });

  test("specialty and availability narrow the search, and nobody is said in words", async () => {
    const page = await openPage(browser, server.url);
    await logIn(page, "paula");
    await page.goto("/appointments/book");
    await page.getByRole("combobox", { name: "Specialty" }).selectOption("cardiology");
    await page.getByText("1 doctor found").waitFor();
    await page.getByRole("combobox", { name: "Specialty" }).selectOption("urology");
    await page.getByText("No doctor was found").waitFor();
    await expectAccessible(page);
  });

  test("a time that somebody else takes meanwhile: words, fresh times, nothing lost", async () => {
    await register(server.url, "quick", "a long enough password");
    const page = await openPage(browser, server.url);
    await logIn(page, "paula");
    await page.goto(`/appointments/book?doctor=${adler.accountId}`);
    const slot = await lastOf(freeSlots(paula, adler.accountId, 4));
    await choose(page, slot.starts_at);
    const reason = page.getByRole("textbox", { name: /What is it about/ });
    await reason.fill("Cough since Sunday");

    const quick = await logInAs(server.url, "quick", "a long enough password");
    const wish = { doctor_id: adler.accountId, zone: BERLIN, ...slot };
    await quick.call("POST", "/api/appointments", wish);
    await page.getByRole("button", { name: "Book this time" }).click();
    await page.getByText("Somebody was quicker").waitFor();
    const gone = page.getByRole("radio", { name: clock(slot.starts_at), exact: true });
    await gone.waitFor({ state: "detached" });
    expect(await reason.inputValue()).toBe("Cough since Sunday");
    await expectAccessible(page);

    const next = await lastOf(freeSlots(paula, adler.accountId, 4));
    await choose(page, next.starts_at);
    await page.getByRole("button", { name: "Book this time" }).click();
    await page.getByRole("heading", { level: 1, name: "It is booked" }).waitFor();
    expect(await bookings(paula, next.starts_at)).toMatchObject([{ reason: "Cough since Sunday" }]);
    expectNoComplaints(page);
  });

  test("an answer that got lost: it says so, and sent again it is booked once", async () => {
    const page = await openPage(browser, server.url);
    await logIn(page, "paula");
    await page.goto(`/appointments/book?doctor=${adler.accountId}`);
    const slot = await lastOf(freeSlots(paula, adler.accountId, 5));
    await choose(page, slot.starts_at);
    let lost = 0;
    await page.route("**/api/appointments", async (route) => {
      if (route.request().method() !== "POST" || lost > 0) return route.continue();
      lost += 1;
      await route.fetch();
      await route.abort();
    });
    await page.getByRole("button", { name: "Book this time" }).click();
    await page.getByText("It is not known whether this arrived").waitFor();
    await page.getByRole("button", { name: "Book this time" }).click();
    await page.getByRole("heading", { level: 1, name: "It is booked" }).waitFor();
    expect(await bookings(paula, slot.starts_at)).toHaveLength(1);
  });

  test("by keyboard alone", async () => {
    const page = await openPage(browser, server.url);
    await logIn(page, "paula");
    await page.goto(`/appointments/book?doctor=${okafor.accountId}`);
    const day = page.getByRole("radio", { name: /26 free|2[0-9] free/ }).nth(2);
    await day.focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    await page.keyboard.press("Tab");
    await page.keyboard.type("By keyboard");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "It is booked" }).waitFor();
    expectNoComplaints(page);
  });

  test("on the other side of the world the times are those of the own clock", async () => {
    const zone = "Pacific/Auckland";
    const page = await openPage(browser, server.url, { zone });
    await logIn(page, "paula");
    await page.goto(`/appointments/book?doctor=${adler.accountId}`);
    await page.getByText(/New Zealand .*Time \(Auckland\)/).waitFor();
    await page.getByText(/The doctor is elsewhere: Central European .*\(Berlin\)/).waitFor();
    const slot = await lastOf(freeSlots(paula, adler.accountId, 2));
    await choose(page, slot.starts_at, zone);
    await page.getByRole("button", { name: "Book this time" }).click();
    await page.getByRole("heading", { level: 1, name: "It is booked" }).waitFor();
    await page.getByText(weekday(slot.starts_at, zone)).first().waitFor();
    expect(await bookings(paula, slot.starts_at)).toHaveLength(1);
    await expectAccessible(page);
  });
});

describe("changing", () => {
  test("it is moved; what the doctor did meanwhile is shown first", async () => {
    const visit = await book(paula, okafor, 6);
    // In the week after for whoever counts the days, in Berlin or in Greenwich.
    const [, second, third] = await freeSlots(paula, okafor.accountId, 8);
    if (second === undefined || third === undefined) throw new Error("nothing is free");
    const page = await openPage(browser, server.url);
    await withoutLiveFeed(page);
    await logIn(page, "paula");
    await page.goto(`/appointments/${visit.appointment_id}/reschedule`);
    await page.getByRole("button", { name: "The week after" }).click();
    await choose(page, third.starts_at);

    const path = `/api/appointments/${visit.appointment_id}`;
    await okafor.call("PATCH", path, { ...second, zone: BERLIN });
    await page.getByRole("button", { name: "Move it to this time" }).click();
    await page.getByText("This was changed in the meantime").waitFor();
    await page.getByText(/Dr. Chidi Okafor moved it from/).waitFor();
    expect(await paula.call("GET", path)).toMatchObject({ starts_at: second.starts_at });
    await expectAccessible(page);

    await page.getByRole("button", { name: "I have seen it" }).click();
    await page.getByRole("button", { name: "Move it to this time" }).click();
    await page.getByText(/You moved it from/).waitFor();
    expect(await paula.call("GET", path)).toMatchObject({ starts_at: third.starts_at });
    await expectAccessible(page);
    expectNoComplaints(page);
  });

  test("it is cancelled with a reason, and put out of sight", async () => {
    const visit = await book(paula, adler, 8);
    const page = await openPage(browser, server.url);
    await logIn(page, "paula");
    await page.goto(`/appointments/${visit.appointment_id}`);
    await page.getByRole("button", { name: "Cancel" }).click();
    const dialog = page.getByRole("dialog", { name: "Cancel this appointment?" });
    await dialog.getByRole("textbox", { name: /Reason/ }).fill("I am away.");
    await expectAccessible(page);
    await dialog.getByRole("button", { name: "Cancel the appointment" }).click();
    await page.getByText("You cancelled it").waitFor();
    await page.locator("#main").getByText("I am away.").waitFor();
    await page.getByText(/Dr. Ines Adler has been told/).waitFor();

    await page.getByRole("button", { name: "Remove" }).click();
    const sure = page.getByRole("dialog", { name: "Remove this appointment?" });
    await expectAccessible(page);
    await sure.getByRole("button", { name: "Remove" }).click();
    await page.waitForURL("**/appointments?show=cancelled");
    await page.getByText("Nothing was cancelled").waitFor();
    await expectAccessible(page);
    await page.goto(`/appointments/${visit.appointment_id}`);
    await page
      .getByText("This appointment does not exist")
      .or(page.getByText("That does not exist"))
      .waitFor();
    expectNoComplaints(page);
  });

  test("the doctor sees the same appointment, with the patient's name", async () => {
    const visit = await book(paula, adler, 9, "A doctor reads this");
    const page = await openPage(browser, server.url);
    await logIn(page, "dr.adler");
    await page.goto(`/appointments/${visit.appointment_id}`);
    await page.getByRole("heading", { name: "Paula Moreno" }).waitFor();
    await page.getByText("A doctor reads this").waitFor();
    await page.getByText(/Paula Moreno booked it for/).waitFor();
    await expectAccessible(page);
    await page.goto("/appointments");
    await page.getByText("There is no such page").waitFor();
    expectNoComplaints(page);
  });
});
