import { clerkApplication, origin, ours } from "./tests/harness/clerk-settings"; // first: Clerk reads its settings when it is loaded
import { createHmac } from "node:crypto";
import { unstable_doesMiddlewareMatch as isMatched } from "next/experimental/testing/server";
import { NextRequest, type NextFetchEvent } from "next/server";
import { beforeAll, describe, expect, it } from "vitest";
import { ORGANIZATIONS, USERS } from "./demo/clerk/identities";
import { membershipsOf } from "./demo/clerk/organizations";

const { signer } = ours;
const user = USERS[0]!;
const good = { user, sessionId: "sess_1", origin };

let middleware: typeof import("./middleware").default;
let config: typeof import("./middleware").config;

beforeAll(async () => void ({ default: middleware, config } = await import("./middleware")));

async function answerTo(path: string, headers: Record<string, string> = {}) {
  const request = new NextRequest(`${origin}${path}`, { headers: { host: "localhost:3000", ...headers } });
  return middleware(request, anEvent());
}

/** Next makes events itself; of one, the middleware uses only this. */
function anEvent(): NextFetchEvent {
  return { waitUntil: () => undefined } as unknown as NextFetchEvent;
}

/** What the middleware tells the doors about the session: Clerk's own `auth()` reads nothing else. */
async function statusAt(headers: Record<string, string>): Promise<string | null> {
  const answer = await answerTo("/api/trpc/accounts.list", headers);
  return answer.headers.get("x-middleware-request-x-clerk-auth-status");
}

const b64 = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
const claims = () =>
  JSON.parse(Buffer.from(signer.sessionToken(good).split(".")[1]!, "base64url").toString()) as object;

/** Tokens that must open nothing, each wrong in one way. */
const forged: [string, () => string][] = [
  ["that nobody signed (alg none)", () => `${b64({ alg: "none", typ: "JWT" })}.${b64(claims())}.`],
  [
    "signed with our public key as if it were a secret (alg HS256)",
    () => {
      const text = `${b64({ alg: "HS256", typ: "JWT" })}.${b64(claims())}`;
      return `${text}.${createHmac("sha256", ours.publicKey).update(text).digest("base64url")}`;
    },
  ],
  [
    "made for another site of the same instance (azp)",
    () => signer.sessionToken({ ...good, origin: "https://evil.example" }),
  ],
  ["that has expired", () => signer.sessionToken({ ...good, seconds: -60 })],
  ["of another key", () => clerkApplication().signer.sessionToken(good)],
  ["of another instance", () => clerkApplication({ issuer: "https://clerk.evil.example" }).signer.sessionToken(good)],
  [
    "with other claims under a good signature",
    () => {
      const [head, , signature] = signer.sessionToken(good).split(".");
      return `${head}.${b64({ ...claims(), sub: "user_viewer", o: { id: "org_platform", rol: "admin" } })}.${signature}`;
    },
  ],
  ["that is no token", () => "not.a.token"],
];

describe("a session token", () => {
  it("opens the doors by cookie and as a bearer, in an organisation too", async () => {
    const token = signer.sessionToken(good);
    const [active] = membershipsOf(user, ORGANIZATIONS);
    expect(await statusAt({ authorization: `Bearer ${token}` })).toBe("signed-in");
    expect(await statusAt({ authorization: `Bearer ${signer.sessionToken({ ...good, active })}` })).toBe("signed-in");
    expect(await statusAt({ cookie: `__session=${token}; __client_uat=1; __clerk_db_jwt=x` })).toBe("signed-in");
  });

  it.each(forged)("%s opens nothing", async (_name, make) => {
    expect(await statusAt({ authorization: `Bearer ${make()}` })).not.toBe("signed-in");
    expect(await statusAt({ cookie: `__session=${make()}; __client_uat=1; __clerk_db_jwt=x` })).not.toBe("signed-in");
  });

  it("is not taken from headers that only the middleware may set", async () => {
    const claim = { "x-clerk-auth-status": "signed-in", "x-clerk-auth-token": signer.sessionToken(good) };
    expect(await statusAt(claim)).toBe("signed-out");
  });
});

describe("an answer", () => {
  const signedIn = () => ({ cookie: `__session=${signer.sessionToken(good)}; __client_uat=1; __clerk_db_jwt=x` });

  it("has a content policy, whatever it is", async () => {
    for (const path of ["/overview", "/sign-in", "/api/health", "/api/trpc/x", "/no-such-page"])
      for (const headers of [{}, signedIn()])
        expect((await answerTo(path, headers)).headers.get("content-security-policy"), path).toContain("default-src");
  });

  it("tells a page the nonce of its own policy, and never the same twice", async () => {
    const nonces = new Set<string>();
    for (let i = 0; i < 20; i++) {
      const { headers } = await answerTo("/overview", { ...signedIn(), "x-nonce": "chosen-by-the-visitor" });
      const nonce = headers.get("x-middleware-request-x-nonce")!;
      expect(headers.get("content-security-policy")).toContain(`'nonce-${nonce}'`);
      nonces.add(nonce);
    }
    expect(nonces.size).toBe(20);
    expect(nonces).not.toContain("chosen-by-the-visitor");
  });

  it.each([
    ...["/", "/overview", "/accounts/x.png", "/x.html", "/a.css", "/resources/export.csv", "/.well-known/x.json"],
    ...["/api/health", "/api/x.png", "/api/trpc/accounts.list", "/__clerk/v1/client", "/health", "/_next/x.html"],
    ...["/icon.svg/x", "/_next/staticx"],
  ])("of %s comes through the middleware", (url) => {
    expect(isMatched({ config, url })).toBe(true);
  });

  it("that is a file of the build needs none", () => {
    for (const url of ["/_next/static/chunks/a.js", "/icon.svg", "/favicon.ico"])
      expect(isMatched({ config, url }), url).toBe(false);
  });

  it.each(["Basic dXNlcjpwYXNz", "bearer x", "Bearer", "Digest x", ""])(
    "to a program is no redirect to Clerk, whatever its Authorization says: %s",
    async (authorization) => {
      const browser = { "sec-fetch-dest": "document", accept: "text/html", cookie: "__client_uat=1" };
      const { status, headers } = await answerTo("/api/aws-accounts", { ...browser, authorization });
      expect([status, headers.get("location")]).toEqual([200, null]);
    },
  );

  it("sends a visitor of a page to the sign-in and back, and never redirects the API", async () => {
    const page = await answerTo("/accounts?region=eu-west-1", { cookie: "__client_uat=0" });
    const target = new URL(page.headers.get("location")!);
    expect(target.pathname).toBe("/sign-in");
    expect(target.searchParams.get("redirect_url")).toBe(`${origin}/accounts?region=eu-west-1`);
    expect((await answerTo("/api/trpc/accounts.list")).headers.get("location")).toBeNull();
  });
});
