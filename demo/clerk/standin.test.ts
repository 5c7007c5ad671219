import { createPublicKey, generateKeyPairSync, verify } from "node:crypto";
import os from "node:os";
import { describe, expect, it } from "vitest";
import { standInPublishableKey } from "../../server/clerk-mode";
import { API_KEYS, ORGANIZATIONS, USERS } from "./identities";
import { createStandIn } from "./standin";

const origin = "http://localhost:3000";
const secretKey = "sk_test_local";
const keyPair = () =>
  generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
const ours = keyPair();
const standIn = standInWith(ours.privateKey);

describe("what every caller meets", () => {
  it("is refused without the application's secret key, whatever it asks", async () => {
    for (const path of ["v1/environment", "v1/client", "npm/@clerk/ui@1/dist/ui.browser.js", "v1/users/user_demo"])
      expect((await ask(path, { headers: { "clerk-secret-key": "sk_test_other" } })).status).toBe(401);
  });

  it("is refused where the browser's address is not this machine", async () => {
    expect((await ask("v1/environment", { headers: { "x-forwarded-host": "cloudguard.example.com" } })).status).toBe(
      421,
    );
  });

  it("is refused a form that another origin sent", async () => {
    const answer = await ask("v1/client/sign_ins", {
      method: "POST",
      body: "identifier=demo@cloudguard.local",
      headers: { origin: "http://localhost:4000" },
    });
    expect(answer.status).toBe(403);
  });

  it("cannot read the Backend API with what the browser's proxy sends", async () => {
    expect((await ask("v1/users/user_demo")).status).toBe(401);
  });

  it("gets no file but Clerk's bundles", async () => {
    expect((await ask("npm/@clerk/ui@1/dist/..%2f..%2fsecrets.js")).status).toBe(404);
  });
});

describe("signing in", () => {
  it("asks for the password of a known address and then opens a session", async () => {
    const browser = aBrowser();
    const begun = await browser.post("v1/client/sign_ins", { identifier: "Demo@cloudguard.local" });
    expect(begun.response.status).toBe("needs_first_factor");
    const done = await browser.post(`v1/client/sign_ins/${begun.response.id}/attempt_first_factor`, {
      password: "cloudguard-demo",
    });
    expect(done.response.status).toBe("complete");
    const [session] = (await browser.get("v1/client")).response.sessions;
    expect(session.user.id).toBe("user_demo");
  });

  it("refuses an unknown address and a wrong password at their fields", async () => {
    const browser = aBrowser();
    expect(
      (await browser.post("v1/client/sign_ins", { identifier: "nobody@example.com" })).errors[0].meta.param_name,
    ).toBe("identifier");
    const wrong = await browser.post("v1/client/sign_ins", {
      identifier: "demo@cloudguard.local",
      password: "cloudguard",
    });
    expect(wrong.errors[0].code).toBe("form_password_incorrect");
  });

  it("takes a ticket of the Backend API, once it is untouched and not expired", async () => {
    const { token } = await server("v1/sign_in_tokens", { user_id: "user_viewer" });
    const browser = aBrowser();
    expect((await browser.post("v1/client/sign_ins", { strategy: "ticket", ticket: token })).response.status).toBe(
      "complete",
    );
    const { token: expired } = await server("v1/sign_in_tokens", { user_id: "user_viewer", expires_in_seconds: -1 });
    for (const bad of [expired, `x${token}`, `${token}x`, ""]) {
      expect((await aBrowser().post("v1/client/sign_ins", { strategy: "ticket", ticket: bad })).errors[0].code).toBe(
        "ticket_invalid_code",
      );
    }
  });

  it("forgets a browser whose cookie was tampered with", async () => {
    const browser = await signedIn();
    browser.cookie = browser.cookie.replace(/=(.)/, (_whole, first: string) => `=${first === "e" ? "f" : "e"}`);
    expect((await browser.get("v1/client")).response.sessions).toEqual([]);
  });

  it("forgets a browser that another key signed in", async () => {
    const browser = await signedIn();
    const elsewhere = standInWith(keyPair().privateKey);
    const answer = await ask("v1/client", { headers: { cookie: browser.cookie } }, elsewhere);
    expect((await answer.json()).response.sessions).toEqual([]);
  });

  it("does not take a ticket for a cookie, nor a cookie for a ticket", async () => {
    const browser = await signedIn();
    const sealed = browser.cookie.split("=")[1]!;
    expect((await aBrowser().post("v1/client/sign_ins", { strategy: "ticket", ticket: sealed })).errors[0].code).toBe(
      "ticket_invalid_code",
    );
  });

  it("ends the session on signing out", async () => {
    const browser = await signedIn();
    const [session] = (await browser.get("v1/client")).response.sessions;
    await browser.post(`v1/client/sessions/${session.id}/end`, {});
    expect((await browser.get("v1/client")).response.sessions).toEqual([]);
  });
});

describe("a session token", () => {
  it("is signed by the clone's key, lives 60 seconds and names issuer, user and origin", async () => {
    const browser = await signedIn();
    const [session] = (await browser.get("v1/client")).response.sessions;
    const claims = verified((await browser.post(`v1/client/sessions/${session.id}/tokens`, {})).jwt);
    expect(claims).toMatchObject({
      iss: "https://clerk.cloudguard.invalid",
      sub: "user_demo",
      azp: origin,
      sid: session.id,
    });
    expect(claims.exp - claims.iat).toBe(60);
  });

  it("lives longer where a server asks for it", async () => {
    const session = await server("v1/sessions", { user_id: "user_demo" });
    const claims = verified((await server(`v1/sessions/${session.id}/tokens`, { expires_in_seconds: 3600 })).jwt);
    expect(claims.exp - claims.iat).toBe(3600);
  });

  it("does not pass for one of another clone", async () => {
    const session = await server("v1/sessions", { user_id: "user_demo" });
    const { jwt } = await server(`v1/sessions/${session.id}/tokens`, {});
    expect(() => verified(jwt, keyPair().publicKey)).toThrow("wrong signature");
  });
});

describe("an organisation", () => {
  const activate = async (browser: Awaited<ReturnType<typeof signedIn>>, organizationId: string) => {
    const [session] = (await browser.get("v1/client")).response.sessions;
    await browser.post(`v1/client/sessions/${session.id}/touch`, { active_organization_id: organizationId });
    return verified((await browser.post(`v1/client/sessions/${session.id}/tokens`, {})).jwt);
  };

  it("is no part of the token before it is chosen, and again when the person goes back to their own", async () => {
    const browser = await signedIn();
    const [session] = (await browser.get("v1/client")).response.sessions;
    expect(session.last_active_organization_id).toBeNull();
    expect(verified((await browser.post(`v1/client/sessions/${session.id}/tokens`, {})).jwt)).not.toHaveProperty("o");
    expect((await activate(browser, "org_platform")).o.id).toBe("org_platform");
    expect(await activate(browser, "")).not.toHaveProperty("o");
  });

  it("stands in the token with the person's own role, in the handshake's too", async () => {
    const admin = await signedIn();
    expect((await activate(admin, "org_platform")).o).toEqual({
      id: "org_platform",
      rol: "admin",
      slg: "platform-team",
    });
    const member = await signedIn("viewer@cloudguard.local");
    expect((await activate(member, "org_platform")).o.rol).toBe("member");
    const answer = await ask(`v1/client/handshake?redirect_url=${encodeURIComponent(origin)}`, {
      headers: { cookie: member.cookie },
    });
    const handshake = verified(new URL(answer.headers.get("location")!).searchParams.get("__clerk_handshake")!);
    const token = (handshake.handshake as string[]).find((cookie) => cookie.startsWith("__session="))!;
    expect(verified(token.split(/[=;]/)[1]!).o.rol).toBe("member");
  });

  it("cannot be chosen by whoever is not in it", async () => {
    expect(await activate(await signedIn(), "org_other")).not.toHaveProperty("o");
  });

  it("is listed with its members", async () => {
    const browser = await signedIn();
    const own = await browser.get("v1/me/organization_memberships?paginated=true&limit=10&offset=0");
    expect(own.response.data.map((one: { organization: { name: string } }) => one.organization.name)).toEqual([
      "Platform team",
    ]);
    const { response } = await browser.get("v1/organizations/org_platform/memberships");
    expect(response.data.map(({ role }: { role: string }) => role)).toEqual(["org:admin", "org:member"]);
    expect((await browser.get("v1/organizations/org_other/memberships")).errors[0].code).toBe("resource_not_found");
  });
});

describe("the handshake", () => {
  it("sends fresh cookies back to the page that asked", async () => {
    const browser = await signedIn();
    const answer = await ask(`v1/client/handshake?redirect_url=${encodeURIComponent(`${origin}/resources?type=x`)}`, {
      headers: { cookie: browser.cookie },
    });
    const target = new URL(answer.headers.get("location")!);
    expect(`${target.origin}${target.pathname}`).toBe(`${origin}/resources`);
    const cookies = verified(target.searchParams.get("__clerk_handshake")!).handshake as string[];
    expect(cookies.some((cookie) => /^__session=ey/.test(cookie))).toBe(true);
  });

  it("goes to no other origin", async () => {
    expect((await ask("v1/client/handshake?redirect_url=https%3A%2F%2Fevil.example.com")).status).toBe(400);
  });
});

describe("the Backend API", () => {
  it("tells a user's address, and that there is no other user", async () => {
    const answer = await ask("v1/users/user_demo", { headers: { authorization: `Bearer ${secretKey}` } });
    expect((await answer.json()).email_addresses[0].email_address).toBe("demo@cloudguard.local");
    expect((await ask("v1/users/user_other", { headers: { authorization: `Bearer ${secretKey}` } })).status).toBe(404);
  });

  it("verifies an API key and refuses another", async () => {
    expect((await server("api_keys/verify", { secret: "ak_local_demo_key" })).subject).toBe("user_demo");
    expect((await server("api_keys/verify", { secret: "ak_local_other" })).errors[0].code).toBe("api_key_not_found");
  });
});

function standInWith(privateKeyPem: string) {
  return createStandIn({
    publishableKey: standInPublishableKey,
    secretKey,
    privateKeyPem,
    applicationName: "Test",
    assetFolder: os.tmpdir(),
    users: USERS,
    organizations: ORGANIZATIONS,
    apiKeys: API_KEYS,
  });
}

/** A call as the application's proxy would bring it. */
function ask(path: string, init: RequestInit = {}, to = standIn): Promise<Response> {
  const headers = {
    "clerk-secret-key": secretKey,
    "x-forwarded-host": "localhost:3000",
    "x-forwarded-proto": "http",
    origin,
    ...(init.headers as Record<string, string>),
  };
  return to(new Request(`http://127.0.0.1:4101/${path}`, { ...init, headers }));
}

async function server(path: string, body: object) {
  const answer = await ask(path, {
    method: "POST",
    body: JSON.stringify(body),
    headers: { authorization: `Bearer ${secretKey}` },
  });
  return answer.json();
}

function aBrowser() {
  const browser = {
    cookie: "",
    get: (path: string) => call(path, {}),
    post: (path: string, form: Record<string, string>) =>
      call(path, { method: "POST", body: new URLSearchParams(form).toString() }),
  };
  async function call(path: string, init: RequestInit) {
    const answer = await ask(path, { ...init, headers: { cookie: browser.cookie } });
    browser.cookie = answer.headers.getSetCookie()[0]?.split(";")[0] ?? browser.cookie;
    return answer.json();
  }
  return browser;
}

async function signedIn(identifier = "demo@cloudguard.local") {
  const browser = aBrowser();
  await browser.post("v1/client/sign_ins", { identifier, password: "cloudguard-demo" });
  return browser;
}

function verified(token: string, publicKey: string = ours.publicKey) {
  const [head, payload, signature] = token.split(".");
  const isOurs = verify(
    "RSA-SHA256",
    Buffer.from(`${head}.${payload}`),
    createPublicKey(publicKey),
    Buffer.from(signature!, "base64url"),
  );
  if (!isOurs) throw new Error("wrong signature");
  return JSON.parse(Buffer.from(payload!, "base64url").toString());
}
