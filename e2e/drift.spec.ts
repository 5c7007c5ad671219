import { expect, test } from "./journey";

/** Twenty-odd detections, three at a time in a place, each of some seconds. */
const ALL_DETECTIONS_MS = 200_000;
const WEB_APP = "web-app-infrastructure";

test("from every stack to the opened port in two clicks, and a noisy tag out of sight", async ({ page }) => {
  test.setTimeout(ALL_DETECTIONS_MS + 100_000);
  await page.goto("/drift");
  await expect(page.getByRole("heading", { level: 1, name: "Drift" })).toBeVisible();

  await page.getByRole("button", { name: "Detect drift" }).click();
  await page.getByRole("menuitem", { name: "Every stack of every account" }).click();
  const receipt = page.getByRole("region", { name: "What was started" });
  await expect(receipt).toContainText(/Skipped \d+ stacks/);
  await receipt.getByText("Why they were skipped").click();
  await expect(receipt.getByText("payments-service")).toBeVisible();

  await page.reload();
  const underWay = page.getByText(/\d+ detections? under way/);
  await expect(underWay).toBeVisible();
  await expect(underWay).toBeHidden({ timeout: ALL_DETECTIONS_MS });

  const first = page.getByRole("table", { name: "Stacks" }).getByRole("row").nth(1);
  await expect(first).toContainText("Critical");
  await first.getByRole("link", { name: WEB_APP }).click();
  const difference = page.getByRole("table", { name: "WebSecurityGroup: template against reality" });
  await expect(difference).toContainText('"FromPort": 22');
  await expect(difference).toContainText("0.0.0.0/0");
  await expect(difference.getByText("In reality:").first()).toBeAttached();

  await page.getByRole("button", { name: /AssetsBucket/ }).click();
  await page.getByRole("button", { name: "Ignore /Tags[LastScanned]" }).click();
  const dialog = page.getByRole("dialog", { name: /Ignore/ });
  await expect(dialog.getByText(/Hides 1 difference of 1 resource in 1 stack now/)).toBeVisible();
  await dialog.getByRole("radio", { name: "Every AWS::S3::Bucket in every account" }).check();
  await expect(dialog.getByText(/Hides \d+ differences of \d+ resources in \d+ stacks now/)).toBeVisible();
  await dialog.getByRole("button", { name: /^Ignore \d+ differences/ }).click();
  await expect(dialog.getByText(/Say why/)).toBeVisible();
  await dialog.getByLabel("Why").fill("The scanner writes when it last came by.");
  await dialog.getByRole("button", { name: /^Ignore \d+ differences/ }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText("1 ignored difference", { exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: "Ignore /Tags[LastScanned]" })).toHaveCount(0);

  await page.goto("/drift/ignore-rules");
  const rules = page.getByRole("list", { name: "Ignore rules" });
  await expect(rules).toContainText("The scanner writes when it last came by.");
  await expect(rules).toContainText(/hides \d+ differences/);
});

test("a running detection survives a reload, and its result appears without one", async ({ page }) => {
  test.setTimeout(120_000);
  await page.goto("/drift?q=my-stack");
  await page.getByRole("link", { name: "my-stack" }).click();
  await page.getByRole("button", { name: "Detect drift" }).click();
  const running = page.getByRole("region", { name: "Detection under way" });
  await expect(running).toBeVisible();
  await page.reload();
  await expect(running).toBeVisible();
  await expect(running).toBeHidden({ timeout: 60_000 });
  await expect(page.getByText(/resources checked/).first()).toBeVisible();
  await expect(page.getByRole("list").filter({ hasText: "by hand" }).first()).toBeVisible();
});

test("says which permission is missing, and the statement that grants it", async ({ page }) => {
  await page.goto("/drift?q=disaster-recovery");
  await page.getByRole("link", { name: "disaster-recovery" }).click();
  await page
    .getByText(/Missing/)
    .first()
    .click();
  await expect(page.getByText('"Effect": "Allow"').first()).toBeVisible();
});

test("shows somebody without accounts what to do first", async ({ viewer }) => {
  await viewer.goto("/drift");
  await expect(viewer.getByRole("heading", { name: "No account is connected" })).toBeVisible();
  await expect(viewer.getByText("0 stacks")).toHaveCount(0);
  await expect(viewer.getByRole("button", { name: "Detect drift" })).toHaveCount(0);
});
