/** The demo's people, as users of the pages and, to prepare a story, of the API. */
import type { Page } from "playwright-core";

const PASSWORD = "anamnesis-demo";
export type Login = "paula" | "dr.adler" | "dr.okafor" | "admin" | "compliance";

/** Through the form, as a person would. Ends on the role's own dashboard. */
export async function logIn(page: Page, login: Login): Promise<void> {
  await page.goto("/login");
  await page.getByRole("textbox", { name: /Username/ }).fill(login);
  await page.getByRole("textbox", { name: "Password" }).fill(PASSWORD);
  await page.getByRole("button", { name: "Log in" }).click();
  await page.waitForURL("**/home");
  await page.locator("#main h1").waitFor();
}

/** A client of the API beside the pages. */
export class Caller {
  private constructor(
    readonly url: string,
    readonly accountId: string,
    private readonly token: string,
  ) {}

  static async logIn(url: string, login: string, password = PASSWORD): Promise<Caller> {
    const answer = await fetch(`${url}/api/auth/login`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ login, password }),
    });
    if (!answer.ok) throw new Error(`${login} was not let in: ${answer.status}`);
    const granted = (await answer.json()) as { account_id: string; access_token: string };
    return new Caller(url, granted.account_id, granted.access_token);
  }

  /** The answer's body; anything but success throws. */
  async call<T>(method: string, path: string, body?: unknown, headers = {}): Promise<T> {
    const answer = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        "content-type": "application/json",
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return (text === "" ? null : JSON.parse(text)) as T;
  }
}
