/**
 * Every page, wide, on a phone, there also in the dark, and in Arabic: a picture for people to
 * look at, and what a program can find. Nothing for axe in light and in dark, nothing to scroll
 * sideways on the narrowest screen.
 */
import { mkdir } from "node:fs/promises";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { admin } from "./shots/admin";
import { chat } from "./shots/chat";
import { compliance } from "./shots/compliance";
import { doctor } from "./shots/doctor";
import { patient } from "./shots/patient";
import {
  expectAccessible,
  expectNoComplaints,
  openBrowser,
  openPage,
  PHONE,
  WARD,
} from "./support/browser";
import { type Login, logIn } from "./support/people";
import { Server } from "./support/server";
import type { Album, Shot, World } from "./support/shots";

const FOLDER = new URL("../../target/screenshots/", import.meta.url).pathname;
/** WCAG 1.4.10; also what 1280 pixels are at 400 %. */
const NARROWEST = 320;
const WAYS = {
  wide: { size: WARD, language: "en-GB" },
  phone: { size: PHONE, language: "en-GB" },
  arabic: { size: PHONE, language: "ar" },
} as const;
type Way = keyof typeof WAYS;
const albums: Record<string, Album> = { admin, chat, compliance, doctor, patient };

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
  await mkdir(FOLDER, { recursive: true });
});
afterAll(() => browser.close());

describe.each(Object.entries(albums))("%s", (_area, album) => {
  let server: Server;
  let world: World;
  beforeAll(async () => {
    server = await Server.start();
    world = await album.prepare(server.url);
  });
  afterAll(() => server.stop());

  const logins = [...new Set(album.shots.map((shot) => shot.login))];
  const walks = logins.flatMap((login) =>
    (Object.keys(WAYS) as Way[]).map((way) => ({ who: login ?? "a stranger", login, way })),
  );
  // One after the other with one log-in: as many as there are pages would be too many.
  test.each(walks)("as $who, $way", { timeout: 240_000 }, async ({ login, way }) => {
    const page = await openPage(browser, server.url, { size: WAYS[way].size });
    await signedIn(page, login);
    await speak(page, WAYS[way].language);
    const faults: unknown[] = [];
    for (const shot of album.shots.filter((one) => one.login === login)) {
      await look(page, shot, world, way).catch((error) => faults.push([shot.name, String(error)]));
    }
    await page.context().close();
    expect(faults).toEqual([]);
    expectNoComplaints(page);
  });
});

async function signedIn(page: Page, login: Login | null): Promise<void> {
  if (login === null) await page.goto("/");
  else await logIn(page, login);
}

/** As somebody who has chosen the language in the settings before. */
async function speak(page: Page, language: string): Promise<void> {
  await page.evaluate((chosen) => localStorage.setItem("anamnesis.language", chosen), language);
}

async function look(page: Page, shot: Shot, world: World, way: Way): Promise<void> {
  await page.setViewportSize(WAYS[way].size);
  await page.goto(shot.path(world));
  // What is ready is said in English.
  const ready =
    way === "arabic" ? page.getByRole("heading", { level: 1 }) : page.getByText(shot.ready);
  await ready.filter({ visible: true }).first().waitFor();
  await page.locator("main [aria-busy=true]").first().waitFor({ state: "detached" });
  expect(await page.locator("html").getAttribute("dir")).toBe(way === "arabic" ? "rtl" : "ltr");
  await page.screenshot({ path: `${FOLDER}${shot.name}-${way}.png` });
  await expectAccessible(page);
  if (way === "wide") return;
  await page.emulateMedia({ colorScheme: "dark" });
  await page.locator("html[data-mantine-color-scheme=dark]").waitFor({ state: "attached" });
  if (way === "phone") await page.screenshot({ path: `${FOLDER}${shot.name}-dark.png` });
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: NARROWEST, height: WAYS[way].size.height });
  // Fields that grow with their words are measured anew a moment later.
  const wide = () => page.evaluate(() => document.documentElement.scrollWidth);
  const options = { timeout: 5_000, message: "nothing to scroll sideways" };
  await expect.poll(wide, options).toBeLessThanOrEqual(NARROWEST);
}
