import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { askForAccount, callerOf, employ, enter, follow } from "./support/admin_world";
import {
  expectAccessible,
  expectNoComplaints,
  openBrowser,
  openPage,
  PHONE,
  withoutLiveFeed,
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

async function asAdmin(options = {}): Promise<Page> {
  const page = await openPage(browser, server.url, options);
  await logIn(page, "admin");
  return page;
}

describe("the people", () => {
  test.each([{}, { size: PHONE, scheme: "dark" as const }])(
    "are found by name, by login, and by status and role: %o",
    async (options) => {
      await askForAccount(server.url, `asks.${"size" in options}`, "Zoe Asks").catch(
        () => undefined,
      );
      const page = await asAdmin(options);
      await follow(page, "People");
      await page.getByRole("link", { name: /Paula Moreno/ }).waitFor();
      await expectAccessible(page);
      const search = page.getByRole("searchbox", { name: "Search" });
      await search.fill("adl in");
      await page.getByText("1 person shown").waitFor();
      await page.getByRole("link", { name: /Dr. Ines Adler/ }).waitFor();
      await search.fill("dr.okafor@example.org");
      await page.getByRole("link", { name: /Okafor/ }).waitFor();
      expect(page.url()).not.toContain("okafor");
      await search.fill("nobody at all");
      await page.getByText("Nobody was found").waitFor();
      await expectAccessible(page);
      await search.fill("");
      await page.getByRole("combobox", { name: "Status" }).click();
      await page.getByRole("option", { name: "Waiting" }).click();
      await page
        .getByRole("link", { name: /Zoe Asks/ })
        .first()
        .waitFor();
      await page.getByRole("combobox", { name: "Role" }).click();
      await page.getByRole("option", { name: "Patient" }).click();
      await page.getByText("Nobody was found").waitFor();
      expectNoComplaints(page);
    },
  );

  test("are still those that one looked for on the way back", async () => {
    const page = await asAdmin();
    await page.getByRole("searchbox", { name: "Find somebody" }).fill("paula");
    await page.getByRole("button", { name: "Search" }).click();
    await page.getByRole("link", { name: /Paula Moreno/ }).click();
    await page.getByRole("heading", { level: 1, name: "Paula Moreno" }).waitFor();
    await page.getByText("A patient's account stays a patient's.").waitFor();
    await expectAccessible(page);
    await page.getByRole("link", { name: "All people" }).click();
    await page.getByText("1 person shown").waitFor();
    expect(await page.getByRole("searchbox", { name: "Search" }).inputValue()).toBe("paula");
  });
});

describe("an administrator", () => {
  test("changes a role, which ends the person's sessions", async () => {
    const id = await employ(server.url, "lea.weiss", "Dr. Lea Weiss");
    const doctor = await openPage(browser, server.url);
    await enter(doctor, "lea.weiss");
    await doctor.waitForURL("**/home");

    const page = await asAdmin();
    await page.goto(`/people/${id}`);
    await page.getByRole("button", { name: "Change the role" }).click();
    const dialog = page.getByRole("dialog", { name: "Change the role" });
    await dialog.getByRole("radio", { name: "Compliance officer" }).check();
    await expectAccessible(page);
    await dialog.getByRole("button", { name: "Change the role" }).click();
    await page.getByText("The role is changed.").waitFor();
    await page.getByRole("definition").getByText("Compliance officer").waitFor();

    // Whatever the page asks for next is refused.
    await doctor.goto("/settings");
    await doctor.waitForURL(/\/(login)?$|\/login\?/);
    await enter(doctor, "lea.weiss");
    await doctor.waitForURL("**/home");
    expectNoComplaints(page);
  });

  test("takes an account out of use with a reason, and brings it back", async () => {
    const id = await employ(server.url, "tom.vega", "Dr. Tom Vega");
    const page = await asAdmin({ size: PHONE });
    await page.goto(`/people/${id}`);
    await page.getByRole("button", { name: "Take out of use" }).click();
    const dialog = page.getByRole("dialog", { name: "Take out of use" });
    await dialog.getByRole("radio", { name: "Has left" }).check();
    await expectAccessible(page);
    await dialog.getByRole("button", { name: "Take out of use" }).click();
    await page.getByText("The account is out of use.").waitFor();
    const doctor = await openPage(browser, server.url);
    await enter(doctor, "tom.vega");
    await doctor
      .getByRole("alert")
      .getByText(/out of use/)
      .waitFor();

    await page.getByRole("button", { name: "Bring back" }).click();
    const back = page.getByRole("dialog", { name: "Bring back" });
    await back.getByRole("radio", { name: "Has returned" }).check();
    await back.getByRole("button", { name: "Bring back" }).click();
    await page.getByText("The account is in use again.").waitFor();
    await enter(doctor, "tom.vega");
    await doctor.waitForURL("**/home");
    expectNoComplaints(page);
  });

  test("is told what another one has decided meanwhile, and sees how it stands now", async () => {
    const id = await askForAccount(server.url, "late", "Dr. Late");
    const page = await asAdmin();
    await withoutLiveFeed(page);
    await page.goto("/approvals");
    const request = page.getByRole("article", { name: "Dr. Late" });
    await request.waitFor();
    const other = await callerOf(server.url, "admin");
    await other.call("POST", `/api/users/${id}/approve`, { role: "doctor" });
    await page.getByRole("button", { name: "Refuse Dr. Late" }).click();
    const dialog = page.getByRole("dialog", { name: "Refuse Dr. Late" });
    await dialog.getByRole("radio", { name: "Does not work here" }).check();
    await dialog.getByRole("button", { name: "Refuse" }).click();
    await page.getByText("Somebody has let this person in already.").waitFor();
  });

  test("does none of it to their own account", async () => {
    const { accountId } = await callerOf(server.url, "admin");
    const page = await asAdmin();
    await page.goto(`/people/${accountId}`);
    await page.getByText(/Another administrator can/).waitFor();
    expect(await page.getByRole("button", { name: "Take out of use" }).count()).toBe(0);
    await page.goto("/people/01980b5e-0a4c-7d3e-9c61-2f0d5a7b8e94");
    await page.getByText("There is no such page").waitFor();
  });

  test("has pages of their own, which do not exist for others", async () => {
    for (const login of ["paula", "dr.adler", "compliance"] as const) {
      const page = await openPage(browser, server.url);
      await logIn(page, login);
      for (const path of ["/people", "/approvals", "/deleted", "/deleted/hide", "/system"]) {
        await page.goto(path);
        await page.getByText("There is no such page").waitFor();
      }
    }
    const admin = await asAdmin();
    for (const path of ["/messages", "/appointments", "/record", "/patients", "/audit"]) {
      await admin.goto(path);
      await admin.getByText("There is no such page").waitFor();
    }
  });
});
