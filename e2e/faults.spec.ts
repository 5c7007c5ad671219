import type { Page } from "@playwright/test";
import { bash, readmeFault } from "./curl-examples";
import { expect, test } from "./journey";

const staging = "200000000002";

test("shows for each account what the simulated AWS itself says is in it", async ({ page, demo }) => {
  const truth = await totals(demo.aws);
  await page.goto("/accounts");
  for (const account of ["100000000001", "123456789012", staging]) {
    const row = page.getByRole("row").filter({ hasText: account });
    await expect(row).toContainText("Connected");
    await expect(row.getByRole("link", { name: `${truth.get(account)} resources`, exact: true })).toBeVisible();
  }
});

test("says what it may not read in the limited account, and shows no zero for it", async ({ page }) => {
  await page.goto("/accounts");
  const row = page.getByRole("row").filter({ hasText: "300000000003" });
  await expect(row).toContainText("Limited");
  await expect(row).toContainText("≥");
  await row.getByRole("link", { name: "Northwind data", exact: true }).click();
  await expect(page.getByText("rds:DescribeDBInstances").first()).toBeVisible();
  await page.goto("/overview");
  await expect(page.getByRole("link", { name: /^at least \d+ RDS instances$/ })).toBeVisible();
});

test("marks nothing as gone where AWS refuses, throttles or breaks off, and says what is stale", async ({
  page,
  demo,
}) => {
  await page.goto("/accounts");
  const row = page.getByRole("row").filter({ hasText: staging });
  const before = (await totals(demo.aws)).get(staging)!;
  const arm = (fault: object) =>
    fetch(`${demo.aws}/_sim/faults`, { method: "POST", body: JSON.stringify({ account: staging, ...fault }) });
  for (const fault of [
    { kind: "denied", service: "dynamodb" },
    { kind: "throttle", region: "eu-west-1", share: 0.3 },
    { kind: "reset", service: "lambda", share: 0.3, seed: 7 },
  ])
    expect((await arm(fault)).ok).toBe(true);
  try {
    await row.getByRole("link", { name: "Northwind staging", exact: true }).click();
    await syncNow(page);
    await expect(page.getByText(/may not read DynamoDB tables/).first()).toBeVisible();
    await page.goto("/accounts");
    await expect(row).toContainText("Limited");
    // What could not be read again is still there, and is not said to be as fresh as the rest.
    await expect(row.getByRole("link", { name: `${before} resources` })).toBeVisible();
    await expect(row).toContainText("≥");
    await expect(row.getByRole("link", { name: `at least ${before} resources, stale`, exact: true })).toBeVisible();
  } finally {
    await fetch(`${demo.aws}/_sim/faults`, { method: "DELETE" });
  }
  await row.getByRole("link", { name: "Northwind staging", exact: true }).click();
  await syncNow(page);
  await page.goto("/accounts");
  await expect(row).toContainText("Connected");
});

test("the README's way to break something is taken as printed", async ({ demo }) => {
  const told = await bash(readmeFault(), { AWS: demo.aws });
  try {
    const armed = (await (await fetch(`${demo.aws}/_sim/faults`)).json()) as object[];
    expect(armed).toEqual([
      expect.objectContaining({ ...(JSON.parse(told) as object), kind: "denied", service: "lambda" }),
    ]);
  } finally {
    await fetch(`${demo.aws}/_sim/faults`, { method: "DELETE" });
  }
});

/** Starts a sync on an account's page and waits until it is over: the button works again. */
async function syncNow(page: Page): Promise<void> {
  const button = page.getByRole("button", { name: "Sync", exact: true });
  await button.click();
  await expect(button).toBeDisabled();
  await expect(button).toBeEnabled({ timeout: 90_000 });
}

/** How many resources the simulated AWS itself says are in each account. */
async function totals(aws: string): Promise<Map<string, number>> {
  const { accounts } = (await (await fetch(`${aws}/_sim/truth`)).json()) as {
    accounts: { account: string; total: number }[];
  };
  return new Map(accounts.map(({ account, total }) => [account, total]));
}
