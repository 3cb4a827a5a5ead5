import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  expectAccessible,
  expectNoComplaints,
  openBrowser,
  openPage,
  PHONE,
  withoutLiveFeed,
} from "./support/browser";
import { type Booked, book, draft, morningZone, openAllHours } from "./support/clinic";
import { Caller, logIn } from "./support/people";
import { Server } from "./support/server";

let server: Server;
let browser: Browser;
let adler: Caller;
let paula: Caller;
beforeAll(async () => {
  server = await Server.start();
  browser = await openBrowser();
  adler = await Caller.logIn(server.url, "dr.adler");
  paula = await Caller.logIn(server.url, "paula");
  await openAllHours(adler);
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

const zone = morningZone();
const PATIENCE = { timeout: 20_000 };

async function asAdler(options = {}): Promise<Page> {
  const page = await openPage(browser, server.url, { zone, ...options });
  await logIn(page, "dr.adler");
  return page;
}

const part = (page: Page, name: string) => page.getByRole("textbox", { name });
const saved = (page: Page) => page.getByTestId("save-state").filter({ hasText: /^Saved/ });

/** Each appointment has times of its own. */
let hour = 1;
function nextVisit(reason: string | null = null): Promise<Booked> {
  hour += 1;
  return book(paula, adler, hour * 3_600, reason);
}

interface Consultation {
  treatment_plan: string | null;
  medical_history: string | null;
  signed_at: string | null;
  prescriptions: { drug: string; dose: string }[];
}
const consultation = (id: string) => adler.call<Consultation>("GET", `/api/consultations/${id}`);

function idOf(page: Page): string {
  return new URL(page.url()).pathname.split("/").at(-1) ?? "";
}

describe("a consultation", () => {
  test("is written, kept, signed, amended and corrected", { timeout: 120_000 }, async () => {
    await book(paula, adler, 3_600, "Cough since Sunday");
    let page = await asAdler();
    const next = page.getByRole("region", { name: "Next patient" });
    await next.getByText("Cough since Sunday").waitFor();
    await next.getByRole("button", { name: "Consultation" }).click();
    await page.getByRole("heading", { level: 1, name: "Consultation with Paula Moreno" }).waitFor();
    await expectAccessible(page);

    await part(page, "Medical history").fill("Cough since Sunday, no fever.");
    await part(page, "Treatment plan").fill("Rest.");
    await page.getByRole("button", { name: "Add a medicine" }).click();
    await part(page, "Medicine").fill("Ivy syrup");
    await page.getByTestId("save-state").getByText("half-written").waitFor();
    await part(page, "Dose").fill("5 ml");
    await part(page, "How often").fill("twice a day");
    await part(page, "Days").fill("7");
    await page.getByLabel("Review on").fill(inDays(3));
    await expectKept(idOf(page), {
      medical_history: "Cough since Sunday, no fever.",
      review_on: inDays(3),
      prescriptions: [{ drug: "Ivy syrup", dose: "5 ml" }],
    });
    await saved(page).waitFor();
    await expectAccessible(page);
    const id = idOf(page);
    await page.context().close();

    page = await asAdler();
    await page.getByRole("region", { name: "Not signed yet" }).getByText("Paula Moreno").click();
    await expectValue(part(page, "Treatment plan"), "Rest.");
    await expectValue(part(page, "Dose"), "5 ml");

    await page.getByRole("button", { name: "Review and sign" }).click();
    const signing = page.getByRole("dialog", { name: "Sign this consultation?" });
    await signing.getByText("Ivy syrup").waitFor();
    await expectAccessible(page);
    await signing.getByRole("button", { name: "Sign for good" }).click();
    await page.getByRole("heading", { name: "What stands" }).waitFor();
    expect((await consultation(id)).signed_at).not.toBeNull();
    await expectAccessible(page);

    await amend(page, "Rest, and much tea.", "Forgot the tea");
    const versions = page.getByRole("region", { name: "Original and amendments" });
    await versions.getByRole("button", { name: /Amendment/ }).waitFor();
    await versions.getByRole("button", { name: /Original/ }).click();
    await versions.getByText("Rest.", { exact: true }).waitFor();

    await page.getByRole("button", { name: "History" }).click();
    const history = page.getByRole("dialog", { name: "History by field" });
    const plan = history.getByRole("region", { name: "Treatment plan" });
    await plan.getByText("Reason: Forgot the tea").waitFor();
    await plan.getByText("Dr. Ines Adler").first().waitFor();
    expect(await plan.getByText("Rest.", { exact: true }).count()).toBe(2);
    await expectAccessible(page);
    await page.keyboard.press("Escape");

    const asked = `/api/consultations/${id}/corrections`;
    await paula.call("POST", asked, { text: "I cough since Saturday." });
    await paula.call("POST", asked, { text: "I never said tea." });
    await page.reload();
    const first = page.getByRole("group", { name: "Request 1" });
    await first.getByRole("button", { name: "Correct it" }).click();
    await page.getByText("I cough since Saturday.").waitFor();
    await part(page, "Medical history").fill("Cough since Saturday, no fever.");
    await part(page, "Why is it amended?").fill("The patient says so");
    await expectAccessible(page);
    await page.getByRole("button", { name: "Sign the amendment" }).click();
    await first.getByText("Corrected").waitFor();

    const second = page.getByRole("group", { name: "Request 2" });
    await second.getByRole("button", { name: "Decline" }).click();
    const declining = page.getByRole("dialog", { name: "Leave it as it is?" });
    await expectAccessible(page);
    await declining.getByRole("button", { name: "Decline" }).click();
    await declining.getByText("Say why it stays as it is.").waitFor();
    await part(page, "Why it stays as it is").fill("The tea is my advice.");
    await declining.getByRole("button", { name: "Decline" }).click();
    await second.getByText("The tea is my advice.").waitFor();
    expect((await consultation(id)).medical_history).toBe("Cough since Saturday, no fever.");
    expectNoComplaints(page);
  });

  test("loses nothing when two windows write the same", async () => {
    const id = await draft(adler, await nextVisit(), { treatment_plan: "Rest." });
    const one = await asAdler();
    const other = await asAdler();
    for (const page of [one, other]) {
      await page.goto(`/consultations/${id}`);
      await expectValue(part(page, "Treatment plan"), "Rest.");
    }
    // Different parts go together by themselves.
    await part(one, "Medical history").fill("Cough.");
    await expectKept(id, { medical_history: "Cough." });
    await part(other, "Examination findings").fill("Lungs clear.");
    await other.getByText("Words from another window were put in.").waitFor();
    await expectValue(part(other, "Medical history"), "Cough.");

    await expectKept(id, { examination_findings: "Lungs clear." });
    await expectValue(part(one, "Examination findings"), "Lungs clear.");
    await Promise.all([
      part(one, "Treatment plan").fill("Rest, says this window."),
      part(other, "Treatment plan").fill("Rest, says the other."),
    ]);
    const conflicts = [one, other].map(async (page) => {
      await page.getByText("Another window wrote here too").waitFor();
      return page;
    });
    const late = await Promise.race(conflicts);
    await late.getByText("Rest, says this window.").first().waitFor();
    await late.getByText("Rest, says the other.").first().waitFor();
    await expectAccessible(late);
    await late.getByRole("radio", { name: "Both, one after the other" }).check();
    await late.getByRole("button", { name: "Save my choice" }).click();
    await saved(late).waitFor();
    const { treatment_plan } = await consultation(id);
    expect(treatment_plan).toContain("Rest, says this window.");
    expect(treatment_plan).toContain("Rest, says the other.");
    await Promise.allSettled(conflicts.map((never) => Promise.race([never, late])));
  });

  test("is amended by two at once, and nothing is lost", async () => {
    const id = await draft(adler, await nextVisit(), { treatment_plan: "Rest." });
    await adler.call("POST", `/api/consultations/${id}/sign`);
    const page = await asAdler();
    await page.goto(`/consultations/${id}`);
    await page.getByRole("button", { name: "Amend" }).click();
    await part(page, "Treatment plan").fill("Rest, and tea.");
    await part(page, "Why is it amended?").fill("Forgot the tea");
    const other = { treatment_plan: "Rest, and syrup.", reason: "Forgot the syrup" };
    await adler.call("PATCH", `/api/consultations/${id}`, other);
    await page.getByRole("button", { name: "Sign the amendment" }).click();
    await page.getByText("Another window wrote here too").waitFor();
    await expectAccessible(page);
    await page.getByRole("radio", { name: "Both, one after the other" }).check();
    await page.getByRole("button", { name: "Save my choice" }).click();
    await page.getByRole("button", { name: "Sign the amendment" }).click();
    await page.getByRole("heading", { name: "What stands" }).waitFor();
    const { treatment_plan } = await consultation(id);
    expect(treatment_plan).toContain("and tea.");
    expect(treatment_plan).toContain("and syrup.");
    expectNoComplaints(page);
  });

  test("is not signed as nobody has seen it", async () => {
    const id = await draft(adler, await nextVisit(), { treatment_plan: "Rest." });
    const page = await asAdler();
    await withoutLiveFeed(page);
    await page.goto(`/consultations/${id}`);
    await expectValue(part(page, "Treatment plan"), "Rest.");
    await page.getByRole("button", { name: "Review and sign" }).click();
    const signing = page.getByRole("dialog", { name: "Sign this consultation?" });
    await signing.getByText("Rest.").waitFor();
    await adler.call("PATCH", `/api/consultations/${id}`, { medical_history: "No fever." });
    await signing.getByRole("button", { name: "Sign for good" }).click();
    await signing.getByText("It was changed elsewhere in the meantime.").waitFor();
    expect((await consultation(id)).signed_at).toBeNull();
    await signing.getByText("No fever.").waitFor();
    await signing.getByRole("button", { name: "Sign for good" }).click();
    await page.getByRole("heading", { name: "What stands" }).waitFor();
    expectNoComplaints(page);
  });

  test("goes on being saved after the server was killed", async () => {
    const id = await draft(adler, await nextVisit(), { treatment_plan: "Rest." });
    const page = await asAdler();
    await page.goto(`/consultations/${id}`);
    await part(page, "Treatment plan").fill("Rest for a week.");
    await saved(page).waitFor();
    await server.kill();
    await part(page, "Treatment plan").fill("Rest for two weeks.");
    await page.getByTestId("save-state").getByText("Not saved – trying again").waitFor();
    await part(page, "Medical history").fill("Written while nobody answered.");
    await server.up();
    await saved(page).waitFor({ timeout: 30_000 });
    await expectKept(id, {
      treatment_plan: "Rest for two weeks.",
      medical_history: "Written while nobody answered.",
    });
    expectNoComplaints(page);
  });

  test("keeps words that were not saved over being logged off", async () => {
    const id = await draft(adler, await nextVisit(), { treatment_plan: "Rest." });
    const page = await asAdler();
    await page.getByRole("region", { name: "Not signed yet" }).getByRole("link").first().waitFor();
    await page.goto(`/consultations/${id}`);
    await part(page, "Treatment plan").waitFor();
    await page.route("**/api/consultations/**", (route) => route.abort());
    await part(page, "Treatment plan").fill("Rest, not saved.");
    await page.getByTestId("save-state").getByText("Not saved – trying again").waitFor();
    await page.getByRole("button", { name: /Account of/ }).click();
    await page.getByRole("menuitem", { name: "Log out" }).click();
    await page.getByRole("button", { name: "Log in" }).waitFor();
    await page.unroute("**/api/consultations/**");
    await page.getByRole("textbox", { name: /Username/ }).fill("dr.adler");
    await page.getByRole("textbox", { name: "Password" }).fill("anamnesis-demo");
    await page.getByRole("button", { name: "Log in" }).click();
    await expectValue(part(page, "Treatment plan"), "Rest, not saved.");
    await expectKept(id, { treatment_plan: "Rest, not saved." });
    const stored = await page.evaluate(() =>
      [JSON.stringify(localStorage), JSON.stringify(sessionStorage)].join(""),
    );
    expect(stored).not.toContain("Rest");
  });

  test("is deleted with a second thought", async () => {
    const id = await draft(adler, await nextVisit(), { treatment_plan: "Wrong patient." });
    const page = await asAdler({ size: PHONE, scheme: "dark" });
    await page.goto(`/consultations/${id}`);
    await part(page, "Treatment plan").waitFor();
    await expectAccessible(page);
    await page.getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    const asking = page.getByRole("dialog", { name: "Delete this consultation?" });
    await asking.getByRole("button", { name: "Delete" }).waitFor();
    await expectAccessible(page);
    await asking.getByRole("button", { name: "Delete" }).click();
    await page.waitForURL("**/home");
    await page.goto(`/consultations/${id}`);
    await page.getByRole("heading", { name: "This consultation is not there" }).waitFor();
    await expectAccessible(page);
  });
});

async function amend(page: Page, plan: string, reason: string): Promise<void> {
  await page.getByRole("button", { name: "Amend" }).click();
  await part(page, "Treatment plan").fill(plan);
  await page.getByRole("button", { name: "Sign the amendment" }).click();
  await page.getByText("Say why.").waitFor();
  await expectAccessible(page);
  await part(page, "Why is it amended?").fill(reason);
  await page.getByRole("button", { name: "Sign the amendment" }).click();
  await page.getByRole("heading", { name: "What stands" }).waitFor();
}

/** What the server comes to have. */
function expectKept(id: string, parts: object): Promise<void> {
  return expect.poll(() => consultation(id), PATIENCE).toMatchObject(parts);
}

function expectValue(field: ReturnType<typeof part>, value: string): Promise<void> {
  return expect.poll(() => field.inputValue(), PATIENCE).toBe(value);
}

function inDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}
