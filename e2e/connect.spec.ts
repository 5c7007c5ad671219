import type { Page } from "@playwright/test";
import { expect, test } from "./journey";

const fifth = "400000000004";

test.describe.serial("the fifth account", () => {
  test("is connected from the wizard, by a role made in the AWS console, and its resources come on screen", async ({
    page,
    demo,
  }) => {
    await page.goto("/accounts");
    await page.getByRole("link", { name: "Connect an account" }).first().click();
    await page.getByLabel("Name", { exact: true }).fill("Sandbox");
    await page.getByLabel("AWS account number").fill("4000-0000-000");
    await page.getByRole("button", { name: "Issue the ExternalId" }).click();
    await expect(page.getByText("An AWS account number has exactly 12 digits.")).toBeVisible();
    // As AWS's console shows it.
    await page.getByLabel("AWS account number").fill("4000-0000-0004");
    await page.getByRole("button", { name: "Issue the ExternalId" }).click();
    await expect(page.getByRole("heading", { name: "Make the role" })).toBeVisible();

    await page.getByLabel("Role ARN").fill("arn:aws:iam::123456789012:role/CloudGuardMonitoringRole");
    await page.getByRole("button", { name: "Check and connect" }).click();
    await expect(page.getByText(/123456789012.*400000000004|400000000004.*123456789012/).first()).toBeVisible();
    await page.getByLabel("Role ARN").fill(`arn:aws:iam::${fifth}:role/CloudGuardMonitoringRole`);

    // A role made by hand that asks for no ExternalId is refused, with the step that failed.
    const madeByHand = { method: "POST", body: JSON.stringify({ account: fifth }) };
    expect((await fetch(`${demo.aws}/_sim/roles`, madeByHand)).ok).toBe(true);
    await page.getByRole("button", { name: /connect$/ }).click();
    await expect(page.getByText("CloudGuard cannot use this role yet. See the steps below.")).toBeVisible();

    await page.getByRole("tab", { name: "Quick-create link" }).click();
    await createRole(page);
    await page.getByRole("button", { name: "Check again and connect" }).click();
    await page.waitForURL(/\/accounts\/[^/]+$/);
    await expect(page.getByRole("heading", { level: 1 })).toContainText("Sandbox");

    const total = await inventoried(demo.aws, fifth);
    await page.goto("/accounts");
    const row = page.getByRole("row").filter({ hasText: fifth });
    await expect(row).toContainText("Connected", { timeout: 60_000 });
    // The number leads to the list behind it.
    await row.getByRole("link", { name: total.toLocaleString("en-US") }).click();
    await expect(page).toHaveURL(/\/resources\?.*account=/);
    await expect(page.getByText(`${total} resources`).first()).toBeAttached();
    await expect(page.getByRole("row").filter({ hasText: "sandbox" }).first()).toBeVisible();
  });

  test("is disconnected after its name is typed, and CloudGuard proves that it let go", async ({ page }) => {
    await page.goto("/accounts");
    await page.getByRole("link", { name: "Sandbox" }).click();
    await page.waitForURL(/\/accounts\/[^/]+$/);
    await page.getByRole("button", { name: "More for Sandbox" }).click();
    await page.getByRole("menuitem", { name: "Disconnect Sandbox" }).click();
    const dialog = page.getByRole("dialog");
    await expect(dialog).toContainText(fifth);
    await dialog.getByRole("textbox").fill(fifth);
    await dialog.getByRole("button", { name: /^Disconnect/ }).click();
    await expect(dialog).toContainText("Looked again: nothing of it is left");
    await expect(dialog).toContainText("Retired the ExternalId");
    await page.goto("/accounts");
    await expect(page.getByText("123456789012").first()).toBeVisible();
    await expect(page.getByText(fifth)).toHaveCount(0);
  });
});

/** Follows the quick-create link to the console, which is signed in to the account and filled in, and creates the role. */
async function createRole(page: Page): Promise<void> {
  const opened = page.waitForEvent("popup");
  await page.getByRole("link", { name: /Open the AWS console/ }).click();
  const console = await opened;
  await expect(console.getByLabel("Account", { exact: true })).toHaveValue(fifth);
  await console.getByRole("button", { name: "Create role" }).click();
  await expect(console.getByRole("status")).toContainText("Role created");
  await console.close();
}

/** How many resources the simulated AWS itself says are in the account. */
async function inventoried(aws: string, account: string): Promise<number> {
  const { accounts } = (await (await fetch(`${aws}/_sim/truth`)).json()) as {
    accounts: { account: string; total: number }[];
  };
  return accounts.find((one) => one.account === account)!.total;
}
