import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  expectAccessible,
  expectNoComplaints,
  openBrowser,
  openPage,
  PHONE,
} from "./support/browser";
import { Caller, type Login, logIn } from "./support/people";
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

/** The smallest picture there is. */
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
  "base64",
);

async function open(login: Login, options = {}): Promise<Page> {
  const page = await openPage(browser, server.url, options);
  await logIn(page, login);
  await page.getByRole("button", { name: /Account of/ }).click();
  await page.getByRole("menuitem", { name: "Settings" }).click();
  await page.getByRole("textbox", { name: "About you" }).waitFor();
  return page;
}

describe("the settings", () => {
  test.each<Login>(["paula", "dr.adler", "admin", "compliance"])(
    "are there for %s",
    async (login) => {
      const page = await open(login, { size: PHONE });
      await expectAccessible(page);
      const tooWide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      expect(tooWide).toBe(false);
      const specialty = page.getByRole("combobox", { name: "Specialty" });
      expect(await specialty.count()).toBe(login === "dr.adler" ? 1 : 0);
      expectNoComplaints(page);
    },
  );

  test("change the profile, and say beside a field what does not fit", async () => {
    const page = await open("paula");
    const phone = page.getByRole("textbox", { name: "Telephone" });
    await phone.fill("call me");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("At most 40 digits, spaces and + - / . ( )").waitFor();
    await expectAccessible(page);
    expect(await phone.inputValue()).toBe("call me");
    await phone.fill("+49 30 1234");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Saved", { exact: true }).waitFor();
    await page.reload();
    await phone.waitFor();
    expect(await phone.inputValue()).toBe("+49 30 1234");
  });

  test("overwrite nothing that was not seen", async () => {
    const page = await open("compliance");
    const elsewhere = await Caller.logIn(server.url, "compliance");
    await elsewhere.call("PATCH", "/api/users/me", { phone: "+49 30 99" });
    await page.getByRole("textbox", { name: "About you" }).fill("I read the log.");
    await page.getByRole("button", { name: "Save" }).click();
    await page
      .getByRole("alert")
      .getByText(/changed on another device/)
      .waitFor();
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Saved", { exact: true }).waitFor();
    const now = await elsewhere.call<{ bio: string; phone: string }>("GET", "/api/users/me");
    expect(now).toMatchObject({ bio: "I read the log.", phone: "+49 30 99" });
  });

  test("take a picture that was looked at first, and give it up again", async () => {
    const page = await open("dr.adler");
    const input = page.locator('input[type="file"]');
    await input.setInputFiles({
      name: "me.txt",
      mimeType: "text/plain",
      buffer: Buffer.from("me"),
    });
    await page.getByText(/This is no picture that can be used/).waitFor();
    await input.setInputFiles({ name: "me.png", mimeType: "image/png", buffer: PNG });
    await page.getByRole("img", { name: "The picture that you chose" }).waitFor();
    await expectAccessible(page);
    await page.getByRole("button", { name: "Use this picture" }).click();
    await page.getByText("Your picture is changed.").waitFor();
    await page.locator('header img[src^="blob:"]').waitFor();
    await page.getByRole("button", { name: "Delete the picture" }).click();
    await page.locator('header img[src^="blob:"]').waitFor({ state: "detached" });
    expectNoComplaints(page);
  });

  test("change how it looks, and remember it on this device", async () => {
    const page = await open("admin");
    const root = page.locator("html");
    await page.getByRole("radio", { name: "Dark" }).check();
    expect(await root.getAttribute("data-mantine-color-scheme")).toBe("dark");
    await expectAccessible(page);
    await page.getByRole("switch", { name: "High contrast" }).check({ force: true });
    expect(await root.getAttribute("data-contrast")).toBe("more");
    await expectAccessible(page);
    await page.reload();
    await page.getByRole("textbox", { name: "About you" }).waitFor();
    expect(await root.getAttribute("data-mantine-color-scheme")).toBe("dark");
    expect(await root.getAttribute("data-contrast")).toBe("more");
    await page.getByRole("radio", { name: "Light" }).check();
    await expectAccessible(page);
  });

  test("speak Arabic, from right to left, and English again", async () => {
    const page = await open("dr.okafor");
    await page.getByRole("radio", { name: "العربية" }).click();
    await page.getByRole("heading", { level: 1, name: "الإعدادات" }).waitFor();
    expect(await page.locator("html").getAttribute("dir")).toBe("rtl");
    expect(await page.locator("html").getAttribute("lang")).toBe("ar");
    await expectAccessible(page);
    await page.getByRole("button", { name: /حساب/ }).click();
    await page.getByRole("menuitemradio", { name: "English" }).click();
    await page.getByRole("heading", { level: 1, name: "Settings" }).waitFor();
    expect(await page.locator("html").getAttribute("dir")).toBe("ltr");
  });

  test("switch quickly in the account's menu", async () => {
    const page = await open("dr.okafor");
    await page.getByRole("button", { name: /Account of/ }).click();
    await page.getByRole("menuitemradio", { name: "Dark" }).click();
    await page.getByRole("menuitemcheckbox", { name: "High contrast" }).click();
    await expectAccessible(page);
    const root = page.locator("html");
    expect(await root.getAttribute("data-mantine-color-scheme")).toBe("dark");
    expect(await root.getAttribute("data-contrast")).toBe("more");
  });

  test("end every session of the account", async () => {
    const page = await open("paula");
    const elsewhere = await Caller.logIn(server.url, "paula");
    await page.getByRole("button", { name: "Log out everywhere" }).click();
    const dialog = page.getByRole("dialog", { name: "Log out everywhere?" });
    await dialog.waitFor();
    await expectAccessible(page);
    await dialog.getByRole("button", { name: "Log out everywhere" }).click();
    await page.waitForURL(/\/login/);
    await expect(elsewhere.call("GET", "/api/users/me")).rejects.toThrow("session_revoked");
  });
});
