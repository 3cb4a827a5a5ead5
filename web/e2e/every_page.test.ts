/**
 * Every page at both sizes: a picture for people to look at, and what a program can find: nothing
 * for axe in light and in dark, nothing to scroll sideways on the narrowest screen.
 */
import { mkdir } from "node:fs/promises";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { admin } from "./shots/admin";
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
import { logIn } from "./support/people";
import { Server } from "./support/server";
import type { Album, Shot, World } from "./support/shots";

const FOLDER = new URL("../../target/screenshots/", import.meta.url).pathname;
const SIZES = { wide: WARD, phone: PHONE };
/** WCAG 1.4.10; also what 1280 pixels are at 400 %. */
const NARROWEST = 320;
const albums: Record<string, Album> = { admin, compliance, doctor, patient };

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

  const pictures = album.shots.flatMap((shot) =>
    Object.entries(SIZES).map(([size, pixels]) => ({ shot, size, pixels, name: shot.name })),
  );
  test.each(pictures)("$name, $size", async ({ shot, size, pixels }) => {
    const page = await openPage(browser, server.url, { size: pixels });
    await arrive(page, shot, world);
    await page.screenshot({ path: `${FOLDER}${shot.name}-${size}.png`, fullPage: true });
    await expectAccessible(page);
    await page.emulateMedia({ colorScheme: "dark" });
    await expectAccessible(page);
    await page.setViewportSize({ width: NARROWEST, height: pixels.height });
    await expectNothingSideways(page);
    expectNoComplaints(page);
    await page.context().close();
  });
});

async function arrive(page: Page, shot: Shot, world: World) {
  if (shot.login !== null) await logIn(page, shot.login);
  await page.goto(shot.path(world));
  await page.getByText(shot.ready).filter({ visible: true }).first().waitFor();
  await page.waitForLoadState("networkidle");
}

async function expectNothingSideways(page: Page) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(wide).toBeLessThanOrEqual(NARROWEST);
}
