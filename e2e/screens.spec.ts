import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "./journey";

// Every page of the product is opened in each of these.
test.setTimeout(300_000);

/** Every page, by the words that are there once it is whole. `{account}` and the like are taken from the lists. */
const pages = [
  { path: "/overview", heading: "Overview" },
  { path: "/accounts", heading: "Accounts" },
  { path: "/accounts/new", heading: "Connect an account" },
  { path: "{account}", heading: "Northwind data" },
  { path: "/resources", heading: "Resources" },
  { path: "/resources?q=there-is-nothing-of-this-name", heading: "Resources" },
  { path: "{resource}", heading: /./ },
  { path: "/drift", heading: "Drift" },
  { path: "/drift/ignore-rules", heading: "Ignore rules" },
  { path: "{stack}", heading: /./ },
  { path: "/cost", heading: "Cost" },
  { path: "/audit", heading: "Audit log" },
  { path: "/api-reference", heading: /API/ },
  { path: "/accounts/of-nobody", heading: "This was not found" },
] as const;

test("has nothing on any page, in either theme, that axe objects to", async ({ page }) => {
  const places = await placesOf(page);
  for (const { path, heading } of pages) {
    await page.goto(path.replace(/\{(\w+)\}/, (_, name: keyof typeof places) => places[name]));
    await expect(page.getByRole("heading", { level: 1, name: heading })).toBeVisible();
    await expectNoViolations(page, path);
  }
});

test("has no page, for nobody, a newcomer or a phone, that axe objects to or that is wider than its screen", async ({
  visitor,
  viewer,
  page,
}) => {
  await visitor.goto("/sign-in");
  await expect(visitor.getByLabel("Email address")).toBeVisible();
  await expectNoViolations(visitor, "/sign-in");
  for (const path of ["/overview", "/accounts", "/resources", "/drift", "/cost", "/audit"]) {
    await viewer.goto(path);
    await expect(viewer.getByRole("heading").first()).toBeVisible();
    await expectNoViolations(viewer, `${path} of a newcomer`);
  }
  const places = await placesOf(page);
  await page.setViewportSize({ width: 390, height: 844 });
  for (const { path, heading } of pages) {
    await page.goto(path.replace(/\{(\w+)\}/, (_, name: keyof typeof places) => places[name]));
    await expect(page.getByRole("heading", { level: 1, name: heading })).toBeVisible();
    await expect
      .poll(() => page.evaluate(() => document.documentElement.scrollWidth), { message: `${path} is too wide` })
      .toBeLessThanOrEqual(390);
  }
});

test("refuses a search of ten thousand letters at its field, also where the address brings it", async ({ page }) => {
  for (const path of ["/resources", "/drift"]) {
    await page.goto(path);
    await page.locator("[data-page-search]").fill("x".repeat(10_000));
    await expect(page.getByText("Search for at most 200 characters.")).toBeVisible();
    await page.reload();
    await expect(page.getByText("Search for at most 200 characters.")).toBeVisible();
  }
});

test("is gone through by keyboard: past the navigation, to the search, along the rows, and back from what was opened", async ({
  page,
}) => {
  await page.goto("/resources");
  const rows = page.getByRole("table", { name: "Resources" }).locator("[data-row-link]");
  await expect(rows.first()).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to the content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.locator("#content")).toBeFocused();

  await page.keyboard.press("/");
  const search = page.getByRole("searchbox");
  await expect(search).toBeFocused();
  await page.keyboard.type("prod");
  await expect(page).toHaveURL(/q=prod/);
  await page.keyboard.press("Escape");
  await expect(page).not.toHaveURL(/q=/);
  await search.blur();

  await page.keyboard.press("j");
  await expect(rows.nth(0)).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(rows.nth(1)).toBeFocused();
  await page.keyboard.press("k");
  await expect(rows.nth(0)).toBeFocused();

  // What was opened last closes first, and the focus goes back to where it was.
  const columns = page.getByRole("button", { name: "Columns" });
  await columns.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menu")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(columns).toBeFocused();
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("combobox", { name: "Search and go" });
  await expect(palette).toBeFocused();
  await palette.fill("Northwind production");
  await expect(page.getByRole("option", { name: /Northwind production/ }).first()).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(columns).toBeFocused();
  await page.keyboard.press("Control+k");
  await palette.fill("Audit log");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/audit/);
});

test("loses no letter that is typed before the palette has loaded", async ({ page }) => {
  await page.goto("/overview");
  await page.waitForLoadState("networkidle");
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route("**/_next/static/**", async (route) => {
    await held;
    await route.continue();
  });
  await page.keyboard.press("Control+k");
  await page.keyboard.type("audix");
  await page.keyboard.press("Backspace");
  await page.keyboard.type("t");
  await expect(page.getByRole("combobox", { name: "Search and go" })).toHaveCount(0);
  release();
  await expect(page.getByRole("combobox", { name: "Search and go" })).toHaveValue("audit");
  await page.keyboard.type(" log");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/audit/);
  await expect(page.getByRole("heading", { level: 1, name: "Audit log" })).toBeVisible();
  await expect(page.getByRole("group", { name: "Scope" })).toHaveCount(0);
});

test("says on the cost page that an account of the address is not connected, and shows all others", async ({
  page,
}) => {
  await page.goto("/cost?account=disconnected");
  await expect(page.getByRole("heading", { name: "This account is not connected" })).toBeVisible();
  await page.getByRole("button", { name: "Show all accounts" }).click();
  await expect(page.getByRole("heading", { name: "This account is not connected" })).toHaveCount(0);
  await expect(page.getByRole("heading", { name: "Budgets" })).toBeVisible();
});

test("announces a sync's end to a screen reader, wherever one is by then", async ({ page }) => {
  await page.goto("/accounts");
  await page.getByRole("link", { name: "Northwind payer", exact: true }).click();
  await page.getByRole("button", { name: "Sync", exact: true }).click();
  await expect(page.getByRole("button", { name: "Sync", exact: true })).toBeDisabled();
  await page.getByRole("link", { name: "Audit log" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Northwind payer" })).toBeAttached({ timeout: 60_000 });
});

test("shows on an open page a sync that began elsewhere, while it runs and no longer", async ({ page, demo }) => {
  await page.clock.install();
  await page.goto("/overview");
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
  const slow = { kind: "latency", latencyMs: 5000, account: "100000000001", service: "s3" };
  expect((await fetch(`${demo.aws}/_sim/faults`, { method: "POST", body: JSON.stringify(slow) })).ok).toBe(true);
  const progress = page.getByRole("progressbar", { name: "Sync of Northwind payer" });
  try {
    const elsewhere = await page.context().newPage();
    await elsewhere.goto("/accounts");
    await elsewhere.getByRole("link", { name: "Northwind payer", exact: true }).click();
    await elsewhere.getByRole("button", { name: "Sync", exact: true }).click();
    await expect(elsewhere.getByRole("button", { name: "Sync", exact: true })).toBeDisabled();
    await expect(progress).toHaveCount(0);
    // The half minute after which an open page looks again.
    await page.clock.fastForward(31_000);
    await expect(progress).toBeVisible();
  } finally {
    await fetch(`${demo.aws}/_sim/faults`, { method: "DELETE" });
  }
  await expect(progress).toHaveCount(0, { timeout: 60_000 });
});

async function placesOf(page: Page): Promise<{ account: string; resource: string; stack: string }> {
  const firstRow = async (path: string) => {
    await page.goto(path);
    const link = page.locator("[data-row-link]").first();
    await expect(link).toBeVisible();
    return (await link.getAttribute("href"))!;
  };
  return {
    account: await firstRow("/accounts?q=Northwind data"),
    resource: await firstRow("/resources?type=AWS::EC2::Instance"),
    stack: await firstRow("/drift"),
  };
}

async function expectNoViolations(page: Page, what: string): Promise<void> {
  for (const theme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    await expect(page.locator("html")).toHaveClass(new RegExp(`\\b${theme}\\b`));
    const axe = new AxeBuilder({ page });
    // A theme changes colours, and nothing else.
    const { violations } = await (theme === "light" ? axe : axe.withRules("color-contrast")).analyze();
    const told = violations.map(
      ({ id, help, nodes }) => `${id}: ${help} at ${nodes.map(({ html }) => html).join(" ; ")}`,
    );
    expect(told, `${what}, ${theme}`).toEqual([]);
  }
}
