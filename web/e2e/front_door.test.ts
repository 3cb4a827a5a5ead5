import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { askForAccount, enter, PASSWORD } from "./support/admin_world";
import {
  expectAccessible,
  expectNoComplaints,
  openBrowser,
  openPage,
  PHONE,
} from "./support/browser";
import { logIn } from "./support/people";
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

async function fillInApplicant(page: Page, username: string, name: string): Promise<void> {
  await page.getByRole("textbox", { name: "Your name" }).fill(name);
  await page.getByRole("textbox", { name: "Username" }).fill(username);
  await page.getByRole("textbox", { name: "E-mail address" }).fill(`${username}@example.org`);
  await page.getByRole("textbox", { name: "Password" }).fill(PASSWORD);
}

async function expectNotTooWide(page: Page): Promise<void> {
  const tooWide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  expect(tooWide).toBe(false);
}

describe("the landing page", () => {
  test.each([
    { scheme: "light" as const },
    { scheme: "dark" as const },
    { size: PHONE },
    { size: { width: 320, height: 700 } },
  ])("says what this is and shows the ways in: %o", async (options) => {
    const page = await openPage(browser, server.url, options);
    await page.goto("/");
    await page.getByRole("heading", { level: 1 }).waitFor();
    for (const heading of ["For patients", "For doctors and staff", "Nothing behind your back"]) {
      await page.getByRole("heading", { level: 2, name: heading }).waitFor();
    }
    await expectNotTooWide(page);
    await expectAccessible(page);
    await page.getByRole("link", { name: "Ask for a staff account" }).click();
    await page.getByRole("heading", { name: "Ask for a staff account" }).waitFor();
    await expectNotTooWide(page);
    await expectAccessible(page);
    expectNoComplaints(page);
  });

  test("speaks the language that one chooses, and remembers it", async () => {
    const page = await openPage(browser, server.url);
    await page.goto("/");
    await page.getByRole("button", { name: "Language: English" }).click();
    await page.getByRole("menuitemradio", { name: "العربية" }).click();
    await page.getByRole("heading", { level: 1, name: "مستشفاك في محادثة واحدة" }).waitFor();
    await page.reload();
    await page.getByRole("heading", { level: 1, name: "مستشفاك في محادثة واحدة" }).waitFor();
    expect(await page.locator("html").getAttribute("dir")).toBe("rtl");
    await expectAccessible(page);
    await page.getByRole("button", { name: /العربية/ }).click();
    await page.getByRole("menuitemradio", { name: "English" }).click();
    await page.getByRole("heading", { level: 1, name: "Your hospital" }).waitFor();
    expect(await page.locator("html").getAttribute("dir")).toBe("ltr");
    expectNoComplaints(page);
  });
});

describe("a patient who registers", () => {
  test("is told beside the field what does not fit, and lands on a dashboard", async () => {
    const page = await openPage(browser, server.url, { size: PHONE });
    await page.goto("/register");
    await page.getByRole("button", { name: "Register" }).click();
    expect(await page.getByText("Please fill this in").count()).toBe(4);
    await expectAccessible(page);
    await fillInApplicant(page, "noor", "Noor Haddad");
    const password = page.getByRole("textbox", { name: "Password" });
    await password.fill("too short");
    await page.getByRole("button", { name: "Register" }).click();
    await page.getByText("At least 12 characters, please.").waitFor();
    expect(await password.getAttribute("aria-invalid")).toBe("true");
    await password.fill(PASSWORD);
    await page.getByRole("button", { name: "Register" }).click();
    await page.waitForURL("**/home");
    await page.getByRole("heading", { level: 1, name: /Noor Haddad/ }).waitFor();
    await expectAccessible(page);
    expectNoComplaints(page);
  });

  test("loses nothing when the name is taken", async () => {
    const page = await openPage(browser, server.url);
    await page.goto("/register");
    await fillInApplicant(page, "paula", "Another Paula");
    await page.getByRole("button", { name: "Register" }).click();
    await page
      .getByRole("alert")
      .getByText(/is taken/)
      .waitFor();
    expect(await page.getByRole("textbox", { name: "Your name" }).inputValue()).toBe(
      "Another Paula",
    );
    await expectAccessible(page);
  });

  test("is registered once, however often the answer is lost", async () => {
    const page = await openPage(browser, server.url);
    const ids: string[] = [];
    let lost = 0;
    await page.route("**/api/users", async (route) => {
      const body = route.request().postDataJSON() as { client_id: string };
      ids.push(body.client_id);
      if (lost > 0) return route.continue();
      lost += 1;
      await route.fetch();
      await route.abort();
    });
    await page.goto("/register");
    await fillInApplicant(page, "mira", "Mira Stein");
    await page.getByRole("button", { name: "Register" }).click();
    await page.getByRole("button", { name: "Try again" }).click();
    await page.waitForURL("**/home");
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });
});

describe("somebody of the staff who asks for an account", () => {
  test("waits until an administrator lets them in, and then logs in", async () => {
    const stranger = await openPage(browser, server.url);
    await stranger.goto("/request-account");
    await stranger.getByRole("radio", { name: "Doctor" }).check();
    await fillInApplicant(stranger, "lea.weiss", "Dr. Lea Weiss");
    await stranger.getByRole("button", { name: "Send the request" }).click();
    await stranger
      .getByRole("heading", { level: 1, name: "An administrator will look at it" })
      .waitFor();
    await expectAccessible(stranger);
    await enter(stranger, "lea.weiss");
    await stranger
      .getByRole("alert")
      .getByText(/waits for an administrator/)
      .waitFor();

    const admin = await openPage(browser, server.url);
    await logIn(admin, "admin");
    await admin.getByText("1 request waits").waitFor();
    await admin.goto("/approvals");
    const request = admin.getByRole("article", { name: "Dr. Lea Weiss" });
    await request.getByText(/Asks to be: Doctor/).waitFor();
    await expectAccessible(admin);
    await request.getByRole("button", { name: "Let in Dr. Lea Weiss" }).click();
    await admin.getByText("Dr. Lea Weiss can log in now.").waitFor();
    await admin.getByText("Nobody is waiting").waitFor();
    expectNoComplaints(admin);

    await enter(stranger, "lea.weiss");
    await stranger.waitForURL("**/home");
    await stranger.getByRole("heading", { level: 1, name: /Lea Weiss/ }).waitFor();
    expectNoComplaints(stranger);
  });

  test("is refused with a reason, and told so", async () => {
    await askForAccount(server.url, "mallory", "Dr. Mallory");
    const admin = await openPage(browser, server.url, { size: PHONE });
    await logIn(admin, "admin");
    await admin.goto("/approvals");
    await admin.getByRole("button", { name: "Refuse Dr. Mallory" }).click();
    const dialog = admin.getByRole("dialog", { name: "Refuse Dr. Mallory" });
    await dialog.getByRole("button", { name: "Refuse" }).click();
    await dialog.getByText("Please choose a reason").waitFor();
    await expectAccessible(admin);
    await dialog.getByRole("radio", { name: "Not clear who it is" }).check();
    await dialog.getByRole("button", { name: "Refuse" }).click();
    await admin.getByText("Dr. Mallory was refused.").waitFor();

    const stranger = await openPage(browser, server.url);
    await enter(stranger, "mallory");
    await stranger
      .getByRole("alert")
      .getByText(/turned down/)
      .waitFor();
  });
});
