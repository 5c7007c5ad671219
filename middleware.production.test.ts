/** The middleware as a production has it: with a Clerk application of its own, whose keys are fetched. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { NextRequest, type NextFetchEvent } from "next/server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { USERS } from "./demo/clerk/identities";
import { clerkApplication } from "./tests/harness/clerk-settings";
import { productionSettings } from "./tests/harness/production-settings";

const origin = "https://cloudguard.example.com";
const clerk = clerkApplication({ issuer: "https://clerk.example.com" });
let keys: Server;
let middleware: typeof import("./middleware").default;

beforeAll(async () => {
  keys = createServer((_request, response) => {
    response.setHeader("content-type", "application/json").end(JSON.stringify(clerk.signer.jwks()));
  });
  await new Promise<void>((listening) => keys.listen(0, "127.0.0.1", listening));
  for (const name of ["CLOUDGUARD_LOCAL_AUTH", "CLERK_JWT_KEY", "CLERK_FAPI_URL"]) delete process.env[name];
  Object.assign(process.env, productionSettings("x", 3000), { APP_URL: origin });
  // Clerk reads where its keys are when it is loaded. The product itself refuses the setting beside real keys.
  process.env.CLERK_API_URL = `http://127.0.0.1:${(keys.address() as AddressInfo).port}`;
  ({ default: middleware } = await import("./middleware"));
  delete process.env.CLERK_API_URL;
});
afterAll(() => void keys.close());

async function answerTo(path: string, headers: Record<string, string>) {
  const request = new NextRequest(`http://localhost:3000${path}`, { headers: { host: "localhost:3000", ...headers } });
  return middleware(request, { waitUntil: () => undefined } as unknown as NextFetchEvent);
}

/** What the doors are told of a session that was made for `site`. */
async function statusOf(site: string, headers: Record<string, string>) {
  const token = clerk.signer.sessionToken({ user: USERS[0]!, sessionId: "sess_1", origin: site });
  const answer = await answerTo("/api/trpc/accounts.list", { ...headers, authorization: `Bearer ${token}` });
  return answer.headers.get("x-middleware-request-x-clerk-auth-status");
}

/** What a visitor may write into a request to make another site's name look like ours. */
const forged: [site: string, headers: Record<string, string>][] = [
  ["https://evil.example", { "x-forwarded-host": "evil.example", "x-forwarded-proto": "https" }],
  ["https://evil.example", { host: "evil.example", "x-forwarded-proto": "https" }],
  ["http://localhost:3000", { "x-forwarded-host": "localhost:3000" }],
  ["http://localhost:3000", {}],
  ["http://127.0.0.1:3000", { host: "127.0.0.1:3000" }],
];

describe("in production", () => {
  it("a session of ours is one, whatever the proxy before us calls itself", async () => {
    expect(await statusOf(origin, {})).toBe("signed-in");
    expect(await statusOf(origin, { "x-forwarded-host": "internal.example" })).toBe("signed-in");
  });

  it.each(forged)("a session made for %s is none, under the headers %j", async (site, headers) => {
    expect(await statusOf(site, headers)).toBe("signed-out");
  });

  it("nobody's session is ours where APP_URL is not set", async () => {
    delete process.env.APP_URL;
    await expect(statusOf("https://evil.example", forged[0]![1])).rejects.toThrow("APP_URL is missing");
    process.env.APP_URL = origin;
  });

  it.each(forged)("a visitor is sent to our own sign-in (%s, %j)", async (_site, headers) => {
    const answer = await answerTo("/accounts", { ...headers, cookie: "__client_uat=0" });
    const location = new URL(answer.headers.get("location")!);
    expect(location.origin + location.pathname).toBe(`${origin}/sign-in`);
    expect(location.searchParams.get("redirect_url")).toBe(`${origin}/accounts`);
  });
});
