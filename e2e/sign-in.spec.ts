import { expect, test } from "./journey";

test("sends a visitor to the sign-in, and after the password to the page that was asked for", async ({ visitor }) => {
  await visitor.goto("/accounts");
  await expect(visitor).toHaveURL(/\/sign-in/);
  await visitor.locator('input[name="identifier"]').fill("demo@cloudguard.local");
  await visitor.getByRole("button", { name: "Continue", exact: true }).click();
  await visitor.locator('input[name="password"]:visible').fill("cloudguard-demo");
  await visitor.getByRole("button", { name: "Continue", exact: true }).click();
  await expect(visitor).toHaveURL(/\/accounts/);
  await expect(visitor.getByText("123456789012").first()).toBeVisible();
});

test("lets go of the session at the sign-out", async ({ page }) => {
  await expect(page).toHaveURL(/\/overview/);
  await page.getByRole("button", { name: /user (button|menu)/i }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.waitForURL((url) => !url.pathname.startsWith("/overview"));
  await page.goto("/overview");
  await expect(page).toHaveURL(/\/sign-in/);
});

test("says that the session has ended, and comes back to the same address after signing in again", async ({ page }) => {
  // Clerk's own menu asks for the person's teams after the page is there; it would complain of a session that ended before.
  await page.goto("/resources?type=AWS::S3::Bucket", { waitUntil: "commit" });
  const teams = page.waitForResponse(/organization_suggestions/);
  await expect(page.getByRole("table", { name: "Resources" })).toBeVisible();
  await teams;
  // As when it was ended elsewhere: the next question comes without a session.
  await page.context().clearCookies();
  await page.getByRole("searchbox").first().fill("billing");
  await expect(page.getByText(/not signed in/i).first()).toBeVisible();
  await page.getByRole("button", { name: "Sign in again" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await page.locator('input[name="identifier"]').fill("demo@cloudguard.local");
  await page.getByRole("button", { name: "Continue", exact: true }).click();
  await page.locator('input[name="password"]:visible').fill("cloudguard-demo");
  await page.getByRole("button", { name: "Continue", exact: true }).click();
  await expect(page).toHaveURL(/\/resources\?.*type=AWS/);
});

test("shows the second user none of the first one's accounts", async ({ viewer }) => {
  await viewer.goto("/accounts");
  await expect(viewer.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(viewer.getByText("123456789012")).toHaveCount(0);
});
