/** A real Chromium, and pages that complain of what a user would not see. */
import axe from "axe-core";
import { type Browser, chromium, type Locator, type Page } from "playwright-core";
import { expect } from "vitest";

const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
/** Nothing of the browser's own that would look for a network. */
const QUIET = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export const WARD = { width: 1280, height: 800 };
export const PHONE = { width: 390, height: 844 };

export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: QUIET });
}

/** What the browser complained of on a page: broken policy, exceptions, failed scripts. */
const complaints = new WeakMap<Page, string[]>();

interface Options {
  size?: { width: number; height: number };
  language?: string;
  zone?: string;
  scheme?: "light" | "dark";
}

/** A page in a profile of its own: its own cookies, its own storage. */
export async function openPage(
  browser: Browser,
  url: string,
  options: Options = {},
): Promise<Page> {
  const context = await browser.newContext({
    baseURL: url,
    viewport: options.size ?? WARD,
    locale: options.language ?? "en-GB",
    timezoneId: options.zone ?? "Europe/Berlin",
    colorScheme: options.scheme ?? "light",
    reducedMotion: "reduce",
  });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  const heard: string[] = [];
  complaints.set(page, heard);
  page.on("pageerror", (error) => heard.push(String(error)));
  page.on("console", (message) => {
    // Refused requests are the client's business, and are shown to the user.
    const refused = message.text().startsWith("Failed to load resource");
    const lost = message.text().includes("WebSocket connection to");
    if (message.type() === "error" && !refused && !lost) heard.push(message.text());
  });
  return page;
}

/** A page that hears nothing live: what others do meanwhile it only learns by asking. */
export async function withoutLiveFeed(page: Page): Promise<void> {
  await page.route("**/api/auth/tickets", (route) => route.abort());
}

/**
 * Through the menu to another page, and until it is there: what stands on the page one
 * leaves stays until then, and could be taken for what is on the next.
 */
export async function turnTo(page: Page, name: string): Promise<void> {
  const menu = page.getByRole("navigation", { name: "Pages" });
  await menu.getByRole("link", { name }).click();
  await page.getByRole("heading", { level: 1, name }).waitFor();
}

/** Something that waits until the test lets it go on. */
export function gate(): { opened: Promise<void>; open: () => void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

/** How far down something stands, once it has stopped moving. In CSS pixels. */
export async function restingPlace(locator: Locator): Promise<number> {
  let last: number | undefined;
  const rests = async () => {
    const before = last;
    last = (await locator.boundingBox())?.y;
    return last !== undefined && last === before;
  };
  await expect.poll(rests, { timeout: 10_000, interval: 100 }).toBe(true);
  return last ?? Number.NaN;
}

/** Nothing went wrong behind the user's back, the content security policy included. */
export function expectNoComplaints(page: Page): void {
  expect(complaints.get(page)).toEqual([]);
}

const AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What stands on the page now meets these rules, else WCAG 2.2 AA, as far as a program can tell. */
export async function expectAccessible(
  page: Page,
  rules: axe.RunOnly = { type: "tag", values: AA },
): Promise<void> {
  // A colour that is on its way to another is neither.
  await page.evaluate(async () => {
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    const onTheWay = document.getAnimations().filter((one) => one instanceof CSSTransition);
    await Promise.allSettled(onTheWay.map((one) => one.finished));
  });
  // Through the debugger, so that the page's policy stays as it is.
  await page.evaluate(axe.source);
  const found = await page.evaluate((runOnly) => window.axe.run(document, { runOnly }), rules);
  const faults = found.violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes.map((node) => `${node.html} ${node.failureSummary}`).join("\n")}`,
  );
  if (faults.length > 0) throw new Error(`axe found:\n${faults.join("\n")}`);
}

declare global {
  interface Window {
    axe: typeof axe;
  }
}
