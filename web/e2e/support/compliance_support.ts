/** What the stories of the compliance officer share. */
import { randomUUID } from "node:crypto";
import type { Page } from "playwright-core";
import { Caller } from "./people";

const SECOND = "a long enough password";

/** Another compliance officer: asks for an account, and the administrator lets them in. */
export async function secondOfficer(url: string): Promise<{ login: string; password: string }> {
  const login = `weiss-${randomUUID().slice(0, 8)}`;
  const answer = await fetch(`${url}/api/users`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      kind: "staff",
      role: "compliance",
      username: login,
      email: `${login}@example.org`,
      name: "Lea Weiss",
      password: SECOND,
    }),
  });
  const { account_id } = (await answer.json()) as { account_id: string };
  const admin = await Caller.logIn(url, "admin");
  await admin.call("POST", `/api/users/${account_id}/approve`, { role: "compliance" });
  return { login, password: SECOND };
}

/** Through the form, as anybody. */
export async function logInAs(page: Page, login: string, password: string): Promise<void> {
  await page.goto("/login");
  await page.getByRole("textbox", { name: /Username/ }).fill(login);
  await page.getByRole("textbox", { name: "Password" }).fill(password);
  await page.getByRole("button", { name: "Log in" }).click();
  await page.waitForURL("**/home");
}

/** Finds somebody by name and takes them. */
export async function pick(page: Page, label: string, name: string): Promise<void> {
  await page.getByRole("combobox", { name: label }).fill(name);
  await page.getByRole("option", { name: new RegExp(name) }).click();
}
