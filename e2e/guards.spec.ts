import { expect, test } from "./journey";
import { builtRoutes, startWithoutMiddleware } from "./without-middleware";

test("every answer carries its headers, and a page's policy a nonce of its own", async ({ page, visitor }) => {
  const nonces = new Set<string>();
  const pages = ["/overview", "/overview", "/accounts", "/accounts/none", "/no-such-page", "/sign-in"];
  // However its address ends.
  for (const path of [...pages, "/accounts/x.png", "/x.html", "/_next/x.css"]) {
    const { headers } = await answerOf(page, path);
    expect(headers["x-content-type-options"], path).toBe("nosniff");
    expect(headers["x-frame-options"], path).toBe("DENY");
    expect(headers["strict-transport-security"], path).toContain("max-age=");
    const policy = headers["content-security-policy"] ?? "";
    const scripts = /script-src ([^;]+)/.exec(policy)?.[1] ?? "";
    expect(scripts, path).not.toMatch(/unsafe-inline|unsafe-eval/);
    nonces.add(/'nonce-([^']+)'/.exec(scripts)?.[1] ?? `none at ${path}`);
  }
  expect(nonces.size).toBe(9);
  for (const path of ["/api/health", "/api/trpc/accounts.list", "/icon.svg", "/overview", "/resources/export"]) {
    const { headers } = await answerOf(visitor, path);
    expect(headers["x-content-type-options"], path).toBe("nosniff");
    if (path.startsWith("/api/")) expect(headers["content-security-policy"], path).toContain("default-src 'none'");
  }
});

test("no address breaks for whoever is not signed in", async ({ visitor }) => {
  for (const path of ["/accounts/x.png", "/resources/x.csv", "/x.html", "/_next/x.html", "/_next/static/x.html"])
    for (const init of [{}, { headers: { "x-clerk-auth-status": "signed-in" } }]) {
      const answer = await visitor.request.get(path, { maxRedirects: 0, ...init });
      expect([path, answer.status()]).toEqual([path, path.startsWith("/_next/static/") ? 404 : 307]);
    }
});

test("a page of another site can change nothing by the cookie", async ({ page }) => {
  const change = (origin: string) =>
    page.request.post("/api/trpc/resources.sync", { data: { json: { accountId: "none" } }, headers: { origin } });
  const foreign = await change("https://evil.example");
  expect(foreign.status()).toBe(403);
  expect(await foreign.text()).toContain("another site");
  const own = await change(new URL(page.url()).origin);
  expect(own.status()).toBe(404);
  expect(own.headers()["ratelimit-limit"]).toBeTruthy();
});

test("a body that is too large is refused", async ({ page }) => {
  const data = { json: { accountId: "x".repeat(300_000) } };
  expect((await page.request.post("/api/trpc/resources.sync", { data })).status()).toBe(413);
});

test("what was done is in the audit log", async ({ page }) => {
  await page.goto("/accounts");
  await page.getByRole("button", { name: "Sync all" }).click();
  await page.getByRole("link", { name: "Audit log" }).first().click();
  await expect(page.getByRole("heading", { level: 1, name: "Audit log" })).toBeVisible();
  const row = page.getByRole("row").filter({ hasText: "Synced all accounts" }).first();
  await expect(row).toContainText("demo@cloudguard.local");
  await page.getByRole("button", { name: "Action" }).click();
  await page.getByRole("option", { name: /^Connected/ }).click();
  await expect(page).toHaveURL(/action=accounts\.connect/);
  await expect(page.getByRole("row").filter({ hasText: "Connected" }).first()).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: "Synced" })).toHaveCount(0);
});

test("an admin works for the team, and back for themselves", async ({ page }) => {
  await page.goto("/accounts");
  await expect(page.getByText("123456789012").first()).toBeVisible();
  await chooseTeam(page, "Platform team");
  await page.goto("/accounts");
  await expect(page.getByText("200000000002").first()).toBeVisible();
  await expect(page.getByText("123456789012")).toHaveCount(0);
  await expect(page.getByRole("link", { name: "Connect an account" })).toBeVisible();
});

test("the team is chosen on a phone too", async ({ viewer }) => {
  await viewer.setViewportSize({ width: 390, height: 844 });
  await viewer.goto("/accounts");
  await viewer.getByRole("button", { name: "Open the navigation" }).click();
  await viewer.getByRole("button", { name: /open organization switcher/i }).click();
  await viewer.getByRole("button", { name: "Platform team" }).click();
  await viewer.waitForURL(/\/overview/);
  await viewer.goto("/accounts");
  await expect(viewer.getByText("Staging").first()).toBeVisible();
});

test("a member reads and syncs in the team, and is told whom to ask for the rest", async ({ viewer }) => {
  await chooseTeam(viewer, "Platform team");
  await viewer.goto("/accounts");
  await expect(viewer.getByText("200000000002").first()).toBeVisible();
  await expect(viewer.getByRole("button", { name: "Sync all" })).toBeVisible();
  await expect(viewer.getByRole("link", { name: "Connect an account" })).toHaveCount(0);
  await viewer.goto("/accounts/new");
  await expect(viewer.getByRole("heading", { name: "Only admins connect accounts" })).toBeVisible();
  await viewer.goto("/drift/ignore-rules");
  await expect(viewer.getByText("Admins of your team add and remove them.")).toBeVisible();
  await expect(viewer.getByRole("button", { name: "Add a rule" })).toHaveCount(0);
  await viewer.goto("/cost");
  await expect(viewer.getByText("No budget yet. Admins of your team set them.")).toBeVisible();
  await expect(viewer.getByRole("button", { name: "Add a budget" })).toHaveCount(0);
  const refused = await viewer.request.post("/api/trpc/accounts.pause", {
    data: { json: { accountId: "x" } },
    headers: { origin: new URL(viewer.url()).origin },
  });
  expect(refused.status()).toBe(403);
  expect(await refused.text()).toContain("Only an admin");
});

test("no route gives a protected byte away where the middleware is bypassed", async ({ page }) => {
  test.slow(); // it starts an application of its own and asks every route of it
  const listed = await page.request.get("/api/trpc/accounts.list");
  const accounts = (
    (await listed.json()) as { result: { data: { json: { id: string; name: string; roleArn: string }[] } } }
  ).result.data.json;
  expect(accounts.length).toBeGreaterThan(0);
  // The reference is everybody's, and the demo's first account is the one of the documented examples.
  const documented = await (await page.request.get("/api/openapi.json")).text();
  const secret = accounts
    .flatMap(({ id, name, roleArn }) => [id, name, roleArn])
    .filter((word) => !documented.includes(word));
  expect(secret.length).toBeGreaterThan(accounts.length);
  const fill = { accountId: accounts[0]!.id, resourceId: "x", trpc: "accounts.list", job: "inventory" };
  const bypassed = await startWithoutMiddleware();
  try {
    const forged = [
      {},
      {
        "x-clerk-auth-status": "signed-in",
        "x-clerk-auth-token": unsigned({ sub: "user_demo" }),
        "x-clerk-auth-reason": "",
      },
      { "x-middleware-subrequest": "middleware:middleware:middleware:middleware:middleware" },
      { cookie: `__session=${unsigned({ sub: "user_demo" })}` },
      { authorization: `Bearer ${unsigned({ sub: "user_demo" })}` },
    ];
    const routes = builtRoutes(fill);
    expect(routes).toEqual(expect.arrayContaining(["/accounts", "/resources/export", "/api/trpc/accounts.list"]));
    for (const route of routes) {
      const bodies = await Promise.all(
        forged.flatMap((headers) =>
          ["GET", "POST", "DELETE"].map(async (method) => {
            const json = method === "GET" ? {} : { "content-type": "application/json", origin: bypassed.origin };
            const init = { method, headers: { ...json, ...headers } as Record<string, string> };
            const body = method === "POST" ? { body: JSON.stringify({ json: fill, ...fill }) } : {};
            return (await fetch(bypassed.origin + route, { ...init, ...body, redirect: "manual" })).text();
          }),
        ),
      );
      // What the address itself says is repeated to whoever asked for it.
      const told = secret.filter((word) => !route.includes(word) && bodies.some((body) => body.includes(word)));
      expect(told, route).toEqual([]);
    }
  } finally {
    await bypassed.stop();
  }
  // Nor was anything changed.
  expect(await (await page.request.get("/api/trpc/accounts.list")).json()).toMatchObject({
    result: { data: { json: accounts.map(({ id, name, roleArn }) => ({ id, name, roleArn })) } },
  });
});

type Browser = Parameters<Parameters<typeof test>[2]>[0]["page"];

async function answerOf(page: Browser, path: string) {
  const answer = await page.request.get(path, { maxRedirects: 0 });
  return { headers: answer.headers() };
}

async function chooseTeam(page: Browser, name: string) {
  await page
    .getByRole("button", { name: /open organization switcher/i })
    .first()
    .click();
  await page.getByRole("dialog").getByRole("button", { name }).click();
  await page.waitForURL(/\/overview/);
  await expect(page.getByRole("button", { name: /open organization switcher/i }).first()).toContainText(name);
}

/** A token that says what it likes, with nobody's signature. */
function unsigned(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const now = Math.floor(Date.now() / 1000);
  return `${part({ alg: "none", typ: "JWT" })}.${part({ ...claims, sid: "sess_x", iat: now, exp: now + 600 })}.`;
}
