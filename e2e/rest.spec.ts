import { generateKeyPairSync } from "node:crypto";
import { createSigner, type SessionTokenRequest } from "../demo/clerk/tokens";
import { USERS } from "../demo/clerk/identities";
import { standInHost } from "../server/clerk-mode";
import { bash, curlExamples, lacking, readmeExample } from "./curl-examples";
import { expect, test } from "./journey";
import { demoAddresses, demoFolder, demoSecrets } from "./world";

const account = "123456789012";
const token = (user = "user_demo") =>
  bash(`npm run -s demo:token -- ${user}`, { CLOUDGUARD_LOCAL_DIR: demoFolder }).then((text) => text.trim());

test.describe("the documented commands", () => {
  for (const { heading, command, answer } of curlExamples())
    test(`${heading}: runs as printed and gives the documented shape`, async ({ demo }) => {
      const isConnecting = command.includes("/api/connect-aws");
      const bearer = await token(isConnecting ? "user_viewer" : "user_demo");
      const externalId = isConnecting ? await issued(bearer) : "";
      const told = await bash(
        command
          .replaceAll("http://localhost:3001", demo.app)
          .replaceAll("YOUR_CLERK_JWT_TOKEN", bearer)
          .replaceAll("test-external-id-123", externalId),
      );
      expect(lacking(answer, JSON.parse(told)), told).toEqual([]);
      if (isConnecting) await disconnected((JSON.parse(told) as { data: { id: string } }).data.id, bearer);
    });

  test("of the README run as printed", async ({ demo }) => {
    const told = await bash(readmeExample().replaceAll("http://localhost:3000", demo.app), {
      CLOUDGUARD_LOCAL_DIR: demoFolder,
    });
    const answers = told.replaceAll("}{", "}\n{").trim().split("\n");
    expect(answers).toHaveLength(3);
    for (const answer of answers) expect(JSON.parse(answer)).toMatchObject({ success: true });
  });
});

test.describe("a token", () => {
  const [user] = USERS;
  const request = (): SessionTokenRequest => ({
    user: user!,
    sessionId: "sess_forged",
    origin: demoAddresses().app,
    seconds: 600,
  });
  const ours = () => createSigner(demoSecrets().clerkPrivateKey, `https://${standInHost}`);
  const elsewhere = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  }).privateKey;
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

  const forged: [string, () => string][] = [
    [
      "of no algorithm",
      () => `${encode({ alg: "none", typ: "JWT" })}.${ours().sessionToken(request()).split(".")[1]}.`,
    ],
    ["of another key", () => createSigner(elsewhere, `https://${standInHost}`).sessionToken(request())],
    [
      "of another instance",
      () => createSigner(demoSecrets().clerkPrivateKey, "https://clerk.example.com").sessionToken(request()),
    ],
    ["for another site", () => ours().sessionToken({ ...request(), origin: "https://evil.example.com" })],
    ["for no site", () => ours().sessionToken({ ...request(), origin: undefined })],
    ["that has expired", () => ours().sessionToken({ ...request(), seconds: -3600 })],
    [
      "that was changed",
      () => {
        const [head, payload, signature] = ours().sessionToken(request()).split(".");
        const claims = JSON.parse(Buffer.from(payload!, "base64url").toString()) as object;
        return `${head}.${encode({ ...claims, sub: "user_viewer" })}.${signature}`;
      },
    ],
    ["that is an unknown API key", () => "ak_local_forged_key"],
    ["that is none", () => "token"],
  ];

  for (const [what, make] of forged)
    test(`${what} opens no endpoint`, async ({ demo }) => {
      for (const [method, url] of await documented(demo.app)) {
        const answer = await fetch(demo.app + url, {
          method,
          headers: { authorization: `Bearer ${make()}` },
          redirect: "manual",
        });
        expect(answer.status, `${method} ${url}`).toBe(401);
        expect(await answer.json()).toMatchObject({ success: false, error: { code: "UNAUTHORIZED" } });
      }
    });

  test("of ours opens it, and its absence is a 401 and no redirect, also for a browser", async ({ demo }) => {
    const url = `${demo.app}/api/aws-accounts`;
    const opened = await fetch(url, { headers: { authorization: `Bearer ${ours().sessionToken(request())}` } });
    expect(opened.status).toBe(200);
    for (const [method, path] of await documented(demo.app)) {
      const headers = { accept: "text/html", "sec-fetch-dest": "document" };
      expect((await fetch(demo.app + path, { method, headers, redirect: "manual" })).status).toBe(401);
    }
  });

  test("may be an API key, which does what its scopes allow", async ({ demo }) => {
    const trigger = (key: string) =>
      fetch(`${demo.app}/api/drift/trigger`, {
        method: "POST",
        headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
        body: JSON.stringify({ accountId: account, stackName: "no-such-stack", region: "us-east-1" }),
      });
    const read = await fetch(`${demo.app}/api/aws-accounts`, {
      headers: { authorization: "Bearer ak_local_demo_key" },
    });
    expect(((await read.json()) as { data: { accounts: unknown[] } }).data.accounts.length).toBeGreaterThan(0);
    expect((await trigger("ak_local_demo_key")).status).toBe(403);
    expect((await trigger("ak_local_deploy_key")).status).toBe(404);
  });
});

test("a path that is not there is told in JSON", async ({ demo }) => {
  const answer = await fetch(`${demo.app}/api/nothing/here`);
  expect(answer.status).toBe(404);
  expect(await answer.json()).toMatchObject({ success: false, error: { code: "NOT_FOUND" } });
});

test("the reference is readable by a visitor and loads nothing from elsewhere", async ({ visitor, demo }) => {
  const elsewhere: string[] = [];
  visitor.on("request", (request) => {
    // A blob's origin is that of the page that made it.
    const { origin, protocol } = new URL(request.url());
    if (origin !== new URL(demo.app).origin && protocol !== "data:") elsewhere.push(request.url());
  });
  await visitor.goto("/api-reference");
  await expect(visitor.getByRole("heading", { level: 1, name: "CloudGuard API" })).toBeVisible();
  await expect(visitor.getByRole("article")).toHaveCount((await documented(demo.app)).length + 2);
  expect(elsewhere).toEqual([]);
});

/** The verbs and paths of the OpenAPI document that ask for a token, with an id in place of each parameter. */
async function documented(app: string): Promise<[method: string, path: string][]> {
  const { paths } = (await (await fetch(`${app}/api/openapi.json`)).json()) as {
    paths: Record<string, Record<string, { security?: unknown[] }>>;
  };
  return Object.entries(paths).flatMap(([path, verbs]) =>
    Object.entries(verbs)
      .filter(([, operation]) => !operation.security)
      .map(([verb]): [string, string] => [verb.toUpperCase(), path.replaceAll(/\{\w+\}/g, "clm1")]),
  );
}

/** An ExternalId of the API, in the trust policy of the role that the document names. */
async function issued(bearer: string): Promise<string> {
  const { app, aws } = demoAddresses();
  const answer = await fetch(`${app}/api/aws-accounts/external-id`, {
    method: "POST",
    headers: { authorization: `Bearer ${bearer}`, "content-type": "application/json" },
    body: JSON.stringify({ accountId: account }),
  });
  const { externalId, policies } = ((await answer.json()) as { data: { externalId: string; policies: object[] } }).data;
  const role = { account, roleName: "CloudGuardRole", externalId, policies };
  await fetch(`${aws}/_sim/roles`, { method: "POST", body: JSON.stringify(role) });
  return externalId;
}

/** The second user's account is let go again: another journey says that they have none. */
async function disconnected(id: string, bearer: string): Promise<void> {
  const url = `${demoAddresses().app}/api/aws-accounts/${id}`;
  const answer = await fetch(url, { method: "DELETE", headers: { authorization: `Bearer ${bearer}` } });
  expect(answer.status).toBe(200);
}
