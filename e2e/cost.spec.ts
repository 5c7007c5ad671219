import { readFileSync } from "node:fs";
import { costTruth, month, onScreen, unitsIn, unitsOf } from "./cost-truth";
import { expect, test } from "./journey";

test("finds which service made last month dearer in two clicks, and exports it", async ({ page, demo }) => {
  const { services } = await costTruth(demo.aws);
  const grown = (service: string) => unitsIn(services[service], month(-1)) - unitsIn(services[service], month(-2));
  const [dearest] = Object.keys(services).sort((a, b) => (grown(a) < grown(b) ? 1 : -1));
  const spent = unitsIn(services[dearest!], month(-1));
  await page.goto("/cost");
  await expect(page.getByRole("heading", { level: 1, name: "Cost" })).toBeVisible();

  await page.getByRole("radio", { name: "Last month" }).click();
  await expect(page).toHaveURL(/range=lastMonth/);
  const found = page.getByRole("list", { name: "Dearer services" }).getByRole("button").first();
  await expect(found).toContainText(dearest!);
  await expect(found).toContainText(`+${onScreen(grown(dearest!))}`);
  await found.click();

  await expect(page).toHaveURL(/service=/);
  expect(new URL(page.url()).searchParams.get("service")).toBe(dearest);
  await expect(page.getByRole("region", { name: dearest, exact: true })).toBeVisible();

  const downloading = page.waitForEvent("download");
  await page.getByRole("link", { name: "Export CSV" }).click();
  const [head, ...lines] = readFileSync(await (await downloading).path(), "utf8")
    .trim()
    .split(/\r?\n/);
  expect(head).toContain("Service");
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.filter((line) => !line.includes(dearest!))).toEqual([]);
  const amounts = lines.map((line) => unitsOf(line.split(",").at(-2)!));
  expect(amounts.reduce((total, each) => total + each, 0n)).toBe(spent);
});

test("puts an anomaly aside with a reason, and takes it back", async ({ page }) => {
  await page.goto("/cost");
  const anomalies = page.getByRole("list", { name: "Anomalies", exact: true });
  const before = await anomalies.getByRole("listitem").count();
  expect(before).toBeGreaterThan(0);
  await anomalies
    .getByRole("button", { name: /^Dismiss/ })
    .first()
    .click();
  await page.getByLabel("Reason").fill("A load test, agreed with the team.");
  await page.getByRole("dialog").getByRole("button", { name: "Dismiss", exact: true }).click();
  await expect(anomalies.getByRole("listitem")).toHaveCount(before - 1);

  await page.getByText("1 dismissed").click();
  await expect(page.getByText("A load test, agreed with the team.")).toBeVisible();
  await page.getByRole("button", { name: /^Restore/ }).click();
  await expect(anomalies.getByRole("listitem")).toHaveCount(before);
});

test("follows a window that gets narrow, and draws no more than is looked at", async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.goto("/cost?range=90d");
  const chart = page.locator(".recharts-wrapper").first();
  await expect(chart.locator("path[fill^='url']").first()).toBeVisible({ timeout: 60_000 });
  expect(await chart.evaluate((drawn) => drawn.querySelectorAll("*").length)).toBeLessThanOrEqual(800);
  expect(await page.evaluate(() => document.querySelectorAll("*").length)).toBeLessThanOrEqual(1_400);

  await page.setViewportSize({ width: 390, height: 900 });
  await expect
    .poll(() => chart.evaluate((drawn) => drawn.getBoundingClientRect().right - document.documentElement.clientWidth))
    .toBeLessThanOrEqual(0);

  await page.getByText("The chart as a table").click();
  const rows = page.getByRole("region", { name: "The chart as a table" }).getByRole("row");
  expect(await rows.count()).toBeGreaterThan(90);
});

test("names the whole days that a running month is compared by", async ({ page }) => {
  await page.goto("/cost?range=month");
  // On a month's first day there is none but today.
  const isFirst = new Date().getUTCDate() === 1;
  await expect(
    page.getByText(isFirst ? /today is not over/ : /^\w{3} 1( – \w{3} \d+)? against \w{3} 1/).first(),
  ).toBeVisible();
});

test("keeps a budget: made, changed, removed", async ({ page }) => {
  await page.goto("/cost");
  await page.getByRole("button", { name: "Add a budget" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Everything we have");
  await dialog.getByLabel("Dollars a month").fill("1.50");
  await dialog.getByRole("button", { name: "Add the budget" }).click();
  const budgets = page.getByRole("list", { name: "Budgets" });
  await expect(budgets.getByText("of $1.50")).toBeVisible();

  await budgets.getByRole("button", { name: "Change Everything we have" }).click();
  await dialog.getByLabel("Dollars a month").fill("999999");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(budgets.getByText("of $999,999.00")).toBeVisible();

  await budgets.getByRole("button", { name: "Remove Everything we have" }).click();
  await dialog.getByRole("button", { name: "Remove Everything we have" }).click();
  await expect(page.getByText("No budget yet.")).toBeVisible();
});

test("shows who has no account what to do first", async ({ viewer }) => {
  await viewer.goto("/cost");
  await expect(viewer.getByRole("heading", { name: "Connect your first AWS account" })).toBeVisible();
});
