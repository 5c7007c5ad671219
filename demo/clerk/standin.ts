/**
 * Local stand-in for Clerk's Frontend API (+ the few Backend API calls the app makes), for machines
 * without a Clerk account or network. Framework-free: `handle(request, path)` -> Response.
 * Stateless: the browser's Clerk "client" (who is signed in) lives in one HttpOnly, HMAC-signed cookie.
 */
import {
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  createSign,
  randomBytes,
  timingSafeEqual,
  type KeyObject,
} from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";

export type LocalUser = { id: string; email: string; password: string; firstName: string; lastName: string };
export type Options = {
  publishableKey: string;
  secretKey: string;
  privateKeyPem: string;
  users: LocalUser[];
  assetDir: string;
  appName: string;
  tokenTtlSeconds?: number;
  apiKeys?: { id: string; secret: string; name: string; subject: string; scopes: string[] }[];
  claims?: (u: LocalUser) => Record<string, unknown>;
};
type ClientState = {
  id: string;
  created: number;
  updated: number;
  sid?: string;
  uid?: string;
  sCreated?: number;
  org?: string;
  si?: { id: string; identifier: string; uid?: string };
};

const b64 = (v: unknown) => Buffer.from(typeof v === "string" ? v : JSON.stringify(v)).toString("base64url");
const rid = (p: string) => `${p}_${randomBytes(14).toString("hex")}`;
const sec = () => Math.floor(Date.now() / 1000);
const COOKIE = "__client_local";

export function createClerkLocal(o: Options) {
  const key: KeyObject = createPrivateKey(o.privateKeyPem);
  const kid = "ins_local";
  const hmacKey = createHash("sha256").update("clerk-local-cookie").update(o.privateKeyPem).digest();
  const frontendApi = Buffer.from(o.publishableKey.split("_")[2]!, "base64").toString().replace(/\$$/, "");
  const suffix = createHash("sha1")
    .update(o.publishableKey)
    .digest("base64")
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .slice(0, 8);
  const ttl = o.tokenTtlSeconds ?? 60;

  const signJwt = (payload: object) => {
    const s = `${b64({ alg: "RS256", cat: "cl_B7d4PD111AAA", kid, typ: "JWT" })}.${b64(payload)}`;
    return `${s}.${createSign("RSA-SHA256").update(s).sign(key, "base64url")}`;
  };
  const sessionToken = (u: LocalUser, sid: string, azp: string | undefined, life = ttl) => {
    const now = sec();
    return signJwt({
      ...(azp ? { azp } : {}),
      exp: now + life,
      fva: [0, -1],
      iat: now,
      iss: `https://${frontendApi}`,
      jti: randomBytes(10).toString("hex"),
      nbf: now - 10,
      sid,
      sts: "active",
      sub: u.id,
      v: 2,
      ...o.claims?.(u),
    });
  };

  // --- signed client cookie -------------------------------------------------------------------
  const mac = (s: string) => createHmac("sha256", hmacKey).update(s).digest("base64url");
  const seal = (c: ClientState) => {
    const p = b64(c);
    return `${p}.${mac(p)}`;
  };
  const open = (req: Request): ClientState | null => {
    const raw = new RegExp(`(?:^|; )${COOKIE}=([^;]+)`).exec(req.headers.get("cookie") ?? "")?.[1];
    const [p, m] = raw?.split(".") ?? [];
    if (!p || !m) return null;
    const want = Buffer.from(mac(p)),
      got = Buffer.from(m);
    if (want.length !== got.length || !timingSafeEqual(want, got)) return null;
    try {
      return JSON.parse(Buffer.from(p, "base64url").toString());
    } catch {
      return null;
    }
  };
  const setClient = (h: Headers, c: ClientState) =>
    h.append("set-cookie", `${COOKIE}=${seal(c)}; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000`);

  // --- resources ------------------------------------------------------------------------------
  const byId = (id?: string) => o.users.find((u) => u.id === id);
  const byEmail = (e?: string | null) => o.users.find((u) => u.email.toLowerCase() === e?.trim().toLowerCase());
  const emailJson = (u: LocalUser) => ({
    object: "email_address",
    id: `idn_${u.id}`,
    email_address: u.email,
    reserved: false,
    linked_to: [],
    matches_sso_connection: false,
    verification: { object: "verification", status: "verified", strategy: "admin", attempts: null, expire_at: null },
    created_at: 1,
    updated_at: 1,
  });
  const avatar = (u: LocalUser) =>
    `data:image/svg+xml;base64,${Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="80" height="80"><rect width="80" height="80" fill="#334155"/><text x="40" y="52" font-size="34" font-family="sans-serif" fill="#fff" text-anchor="middle">${u.firstName[0]}${u.lastName[0]}</text></svg>`).toString("base64")}`;
  const userJson = (u: LocalUser) => ({
    object: "user",
    id: u.id,
    username: null,
    first_name: u.firstName,
    last_name: u.lastName,
    full_name: `${u.firstName} ${u.lastName}`,
    image_url: avatar(u),
    has_image: true,
    primary_email_address_id: `idn_${u.id}`,
    primary_phone_number_id: null,
    primary_web3_wallet_id: null,
    password_enabled: true,
    two_factor_enabled: false,
    totp_enabled: false,
    backup_code_enabled: false,
    email_addresses: [emailJson(u)],
    phone_numbers: [],
    web3_wallets: [],
    passkeys: [],
    external_accounts: [],
    enterprise_accounts: [],
    saml_accounts: [],
    organization_memberships: [],
    public_metadata: {},
    private_metadata: {},
    unsafe_metadata: {},
    external_id: null,
    last_sign_in_at: Date.now(),
    banned: false,
    locked: false,
    lockout_expires_in_seconds: null,
    verification_attempts_remaining: 100,
    created_at: 1,
    updated_at: 1,
    delete_self_enabled: false,
    create_organization_enabled: false,
    last_active_at: Date.now(),
    mfa_enabled_at: null,
    mfa_disabled_at: null,
    legal_accepted_at: null,
  });
  const sessionJson = (c: ClientState, u: LocalUser, azp: string | undefined, status = "active") => ({
    object: "session",
    id: c.sid,
    status,
    user: userJson(u),
    public_user_data: {
      first_name: u.firstName,
      last_name: u.lastName,
      image_url: avatar(u),
      has_image: true,
      identifier: u.email,
      user_id: u.id,
    },
    factor_verification_age: [0, -1],
    actor: null,
    tasks: null,
    last_active_organization_id: null,
    last_active_token: status === "active" ? { object: "token", jwt: sessionToken(u, c.sid!, azp) } : null,
    last_active_at: Date.now(),
    created_at: c.sCreated,
    updated_at: Date.now(),
    expire_at: c.sCreated! + 7 * 864e5,
    abandon_at: c.sCreated! + 30 * 864e5,
    client_id: c.id,
  });
  const signInJson = (si: NonNullable<ClientState["si"]>, done?: string) => {
    const u = byId(si.uid) ?? byEmail(si.identifier);
    return {
      object: "sign_in",
      id: si.id,
      status: done ? "complete" : u ? "needs_first_factor" : "needs_identifier",
      identifier: si.identifier,
      supported_identifiers: ["email_address"],
      supported_first_factors: u ? [{ strategy: "password" }] : null,
      supported_second_factors: null,
      second_factor_verification: null,
      created_session_id: done ?? null,
      abandon_at: Date.now() + 864e5,
      first_factor_verification: done
        ? { object: "verification", status: "verified", strategy: "password", attempts: 1, expire_at: null }
        : null,
      user_data: u ? { first_name: u.firstName, last_name: u.lastName, image_url: avatar(u), has_image: true } : null,
    };
  };
  const clientJson = (c: ClientState, azp: string | undefined) => {
    const u = byId(c.uid);
    return {
      object: "client",
      id: c.id,
      sessions: c.sid && u ? [sessionJson(c, u, azp)] : [],
      sign_in: c.si ? signInJson(c.si) : null,
      sign_up: null,
      last_active_session_id: c.sid && u ? c.sid : null,
      captcha_bypass: false,
      cookie_expires_at: null,
      last_authentication_strategy: null,
      created_at: c.created,
      updated_at: c.updated,
    };
  };
  const off = {
    enabled: false,
    required: false,
    used_for_first_factor: false,
    first_factors: [],
    used_for_second_factor: false,
    second_factors: [],
    verifications: [],
    verify_at_sign_up: false,
  };
  const environment = () => ({
    object: "environment",
    id: "env_local",
    maintenance_mode: false,
    client_debug_mode: false,
    partitioned_cookies: false,
    auth_config: {
      object: "auth_config",
      id: "aac_local",
      single_session_mode: true,
      claimed_at: null,
      reverification: false,
      preferred_channels: {},
    },
    display_config: {
      object: "display_config",
      id: "dc_local",
      instance_environment_type: "development",
      application_name: o.appName,
      theme: {},
      preferred_sign_in_strategy: "password",
      logo_image_url: "",
      favicon_image_url: "",
      home_url: "",
      sign_in_url: "",
      sign_up_url: "",
      user_profile_url: "",
      after_sign_in_url: "",
      after_sign_up_url: "",
      after_sign_out_one_url: "",
      after_sign_out_all_url: "",
      after_switch_session_url: "",
      branded: false,
      captcha_public_key: null,
      captcha_public_key_invisible: null,
      captcha_widget_type: "smart",
      captcha_provider: "turnstile",
      captcha_oauth_bypass: [],
      captcha_heartbeat: false,
      show_devmode_warning: false,
      support_email: "",
      terms_url: "",
      privacy_policy_url: "",
      waitlist_url: "",
    },
    user_settings: {
      attributes: {
        email_address: {
          ...off,
          enabled: true,
          required: true,
          used_for_first_factor: true,
          first_factors: ["email_code"],
          verifications: ["email_code"],
        },
        phone_number: off,
        username: off,
        web3_wallet: off,
        first_name: { ...off, enabled: true },
        last_name: { ...off, enabled: true },
        password: { ...off, enabled: true, required: true },
        authenticator_app: off,
        backup_code: off,
        passkey: off,
      },
      actions: { create_organization: false, delete_self: false },
      social: {},
      saml: { enabled: false },
      enterprise_sso: { enabled: false, self_serve_sso: false },
      sign_in: { second_factor: { required: false, enabled: false } },
      sign_up: {
        mode: "restricted",
        captcha_enabled: false,
        progressive: true,
        legal_consent_enabled: false,
        allowlist_only: false,
        mfa: { required: false },
      },
      password_settings: { min_length: 8, max_length: 72 },
      passkey_settings: { allow_autofill: false, show_sign_in_button: false },
    },
    organization_settings: {
      enabled: false,
      max_allowed_memberships: 0,
      actions: { admin_delete: false },
      domains: { enabled: false, enrollment_modes: [], default_role: null },
      slug: { disabled: true },
      force_organization_selection: false,
      organization_creation_defaults: { enabled: false },
    },
    commerce_settings: {
      billing: {
        stripe_publishable_key: null,
        organization: { enabled: false, has_paid_plans: false },
        user: { enabled: false, has_paid_plans: false },
      },
    },
    api_keys_settings: { user_api_keys_enabled: false, orgs_api_keys_enabled: false, enabled: false },
    protect_config: { object: "protect_config", id: "pc_local", loaders: [] },
  });

  // --- responses ------------------------------------------------------------------------------
  const json = (body: unknown, status = 200, h = new Headers()) => {
    h.set("content-type", "application/json");
    h.set("cache-control", "no-store");
    return new Response(JSON.stringify(body), { status, headers: h });
  };
  const err = (status: number, code: string, message: string, param?: string) =>
    json(
      {
        errors: [{ code, message, long_message: message, meta: param ? { param_name: param } : {} }],
        clerk_trace_id: "local",
      },
      status,
    );
  const jwks = () =>
    json({ keys: [{ ...createPublicKey(key).export({ format: "jwk" }), kid, use: "sig", alg: "RS256" }] });

  const ticket = (u: LocalUser, ttl: number) => {
    const p = b64({ t: "ticket", uid: u.id, exp: sec() + ttl });
    return `${p}.${mac(p)}`;
  };
  const redeem = (t: string | null) => {
    const [p, m] = (t ?? "").split(".");
    if (!p || !m) return undefined;
    const want = Buffer.from(mac(p)),
      got = Buffer.from(m);
    if (want.length !== got.length || !timingSafeEqual(want, got)) return undefined;
    const v = JSON.parse(Buffer.from(p, "base64url").toString());
    return v.t === "ticket" && v.exp > sec() ? byId(v.uid) : undefined;
  };

  async function asset(rel: string) {
    const m = /^npm\/@clerk\/(clerk-js|ui)@[^/]+\/dist\/([\w.-]+\.js)$/.exec(rel);
    if (!m) return err(404, "not_found", "No such asset");
    const body = await readFile(path.join(o.assetDir, m[1]!, m[2]!)).catch(() => null);
    return body
      ? new Response(new Uint8Array(body), {
          headers: { "content-type": "text/javascript; charset=utf-8", "cache-control": "public, max-age=3600" },
        })
      : err(404, "not_found", "No such asset");
  }

  function handshake(req: Request, url: URL, origin: string) {
    const to = new URL(url.searchParams.get("redirect_url") ?? "/", origin);
    if (to.origin !== origin) return err(400, "invalid_redirect_url", "redirect_url must be on this origin");
    const c = open(req),
      u = byId(c?.uid),
      live = c?.sid && u,
      dvb = url.searchParams.get("__clerk_db_jwt") || rid("dvb");
    const set = (name: string, value: string, extra = "") =>
      [name, `${name}_${suffix}`].map(
        (n) => `${n}=${value}; Path=/; SameSite=Lax; Max-Age=${value ? 31536000 : 0}${extra}`,
      );
    const handshake = [
      ...set("__clerk_db_jwt", dvb),
      ...set("__client_uat", live ? String(Math.floor(c.updated / 1000)) : "0"),
      ...set("__session", live ? sessionToken(u, c.sid!, origin) : ""),
    ];
    to.searchParams.set("__clerk_handshake", signJwt({ handshake }));
    return new Response(null, { status: 307, headers: { location: to.href, "cache-control": "no-store" } });
  }

  async function backendApi(req: Request, p: string, method: string) {
    if (!same(req.headers.get("authorization"), `Bearer ${o.secretKey}`))
      return err(401, "authentication_invalid", "Invalid secret key");
    if (method === "GET" && p === "v1/jwks") return jwks();
    const qs = new URL(req.url).searchParams,
      input: any = method === "POST" ? await req.json().catch(() => ({})) : {};
    if (method === "GET" && p === "v1/users") {
      const want = qs.getAll("email_address");
      return json(o.users.filter((u) => !want.length || want.includes(u.email)).map(userJson));
    }
    if (p === "v1/testing_tokens") return json({ object: "testing_token", token: "local", expires_at: sec() + 3600 });
    if (p === "v1/sign_in_tokens") {
      const u = byId(input.user_id);
      return u
        ? json({
            object: "sign_in_token",
            id: rid("sit"),
            status: "pending",
            user_id: u.id,
            token: ticket(u, input.expires_in_seconds ?? 300),
            created_at: 1,
            updated_at: 1,
          })
        : err(404, "resource_not_found", "No such user");
    }
    if (p === "v1/sessions" && method === "POST") {
      const u = byId(input.user_id);
      return u
        ? json({
            object: "session",
            id: `sess_local_${u.id}`,
            user_id: u.id,
            client_id: "client_local",
            status: "active",
            last_active_at: Date.now(),
            expire_at: Date.now() + 6048e5,
            abandon_at: Date.now() + 6048e5,
            created_at: Date.now(),
            updated_at: Date.now(),
          })
        : err(404, "resource_not_found", "No such user");
    }
    const st = byId(/^v1\/sessions\/sess_local_(\w+)\/tokens$/.exec(p)?.[1]);
    if (st && method === "POST")
      return json({
        object: "token",
        jwt: sessionToken(st, `sess_local_${st.id}`, undefined, input.expires_in_seconds),
      });
    if (p === "api_keys/verify") {
      const k = o.apiKeys?.find((k) => k.secret === input.secret);
      return k
        ? json({
            object: "api_key",
            id: k.id,
            type: "api_key",
            name: k.name,
            subject: k.subject,
            scopes: k.scopes,
            claims: null,
            revoked: false,
            revocation_reason: null,
            expired: false,
            expiration: null,
            created_by: k.subject,
            description: null,
            last_used_at: null,
            created_at: 1,
            updated_at: 1,
          })
        : err(404, "api_key_not_found", "API key not found");
    }
    if (method === "GET" && p === "v1/users/count") return json({ object: "total_count", total_count: o.users.length });
    const u = method === "GET" && byId(/^v1\/users\/([\w]+)$/.exec(p)?.[1]);
    return u ? json(userJson(u)) : err(404, "resource_not_found", `Not in the local stand-in: ${method} ${p}`);
  }

  const same = (a: string | null, b: string) =>
    timingSafeEqual(
      createHash("sha256")
        .update(a ?? "")
        .digest(),
      createHash("sha256").update(b).digest(),
    );
  return async function handle(req: Request, rel: string): Promise<Response> {
    const url = new URL(req.url),
      method = url.searchParams.get("_method") ?? req.method;
    // Browsers never talk to the stand-in directly: every Frontend API call comes through Clerk's own proxy in
    // clerkMiddleware, which adds Clerk-Secret-Key and the public origin. Only loopback origins are served.
    const bapi = req.headers.get("authorization");
    if (!same(req.headers.get("clerk-secret-key"), o.secretKey) && !same(bapi, `Bearer ${o.secretKey}`))
      return err(401, "authentication_invalid", "Local stand-in: not called by this app");
    const proto = req.headers.get("x-forwarded-proto")?.split(",")[0] ?? url.protocol.slice(0, -1);
    const origin = `${proto}://${req.headers.get("x-forwarded-host") ?? req.headers.get("host") ?? url.host}`;
    if (!bapi && !/^(localhost|127\.0\.0\.1|\[::1\])$/.test(new URL(origin).hostname))
      return err(421, "local_only", "The local Clerk stand-in only serves localhost");
    if (rel.startsWith("npm/")) return asset(rel);
    if (rel === "v1/.well-known/jwks.json" || rel === ".well-known/jwks.json") return jwks();
    if (/^(v1\/(users|jwks|sessions|sign_in_tokens|testing_tokens)|api_keys)(\/|$)/.test(rel))
      return backendApi(req, rel, method);
    if (rel === "v1/environment") return json(environment());
    if (rel === "v1/client/handshake") return handshake(req, url, origin);
    if (rel === "v1/dev_browser") return json({ object: "dev_browser", id: rid("dvb") });
    if (req.method === "POST" && req.headers.get("origin") !== origin)
      return err(403, "origin_invalid", "Cross-origin request refused");

    const now = Date.now(),
      c: ClientState = open(req) ?? { id: rid("client"), created: now, updated: now };
    const body = req.method === "POST" ? new URLSearchParams(await req.text()) : new URLSearchParams();
    const azp = req.headers.get("origin") ?? origin;
    const reply = (response: unknown) => {
      const h = new Headers();
      setClient(h, c);
      return json({ response, client: clientJson(c, azp) }, 200, h);
    };
    const signIn = (u: LocalUser) => {
      const si = c.si!;
      c.sid = rid("sess");
      c.uid = u.id;
      c.sCreated = c.updated = now;
      c.si = undefined;
      return reply(signInJson({ ...si, uid: u.id }, c.sid));
    };
    const signOut = (response: unknown) => {
      c.sid = c.uid = c.sCreated = undefined;
      c.updated = now;
      return reply(response);
    };

    if (rel === "v1/client") {
      if (method === "DELETE") {
        signOut(null);
        return reply(null);
      }
      const h = new Headers();
      setClient(h, c);
      return json({ response: clientJson(c, azp), client: null }, 200, h);
    }
    if (rel === "v1/client/sessions" && method === "DELETE") {
      signOut(null);
      const h = new Headers();
      setClient(h, c);
      return json({ response: clientJson(c, azp), client: clientJson(c, azp) }, 200, h);
    }
    if (rel === "v1/client/sign_ins" && method === "POST") {
      if (body.get("strategy") === "ticket") {
        const t = redeem(body.get("ticket"));
        if (!t) return err(400, "ticket_invalid_code", "This sign-in ticket is not valid.", "ticket");
        c.si = { id: rid("sia"), identifier: t.email, uid: t.id };
        return signIn(t);
      }
      const identifier = body.get("identifier") ?? "",
        u = byEmail(identifier);
      if (identifier && !u) return err(422, "form_identifier_not_found", "Couldn't find your account.", "identifier");
      c.si = { id: rid("sia"), identifier, uid: u?.id };
      if (body.has("password")) return attempt(u);
      return reply(signInJson(c.si));
    }
    const at = /^v1\/client\/sign_ins\/(\w+)(?:\/(\w+))?$/.exec(rel);
    const si = c.si;
    if (at && si && si.id === at[1]) {
      if (at[2] === "attempt_first_factor") return attempt(byId(si.uid));
      return reply(signInJson(si));
    }
    function attempt(u: LocalUser | undefined) {
      const ok =
        u &&
        timingSafeEqual(
          createHash("sha256")
            .update(body.get("password") ?? "")
            .digest(),
          createHash("sha256").update(u.password).digest(),
        );
      return ok ? signIn(u) : err(422, "form_password_incorrect", "Password is incorrect. Try again.", "password");
    }
    const se = /^v1\/client\/sessions\/(\w+)(?:\/(\w+))?/.exec(rel),
      u = byId(c.uid);
    if (se) {
      if (!u || se[1] !== c.sid)
        return err(401, "authentication_invalid", "Unable to authenticate the session", undefined);
      if (se[2] === "tokens") return json({ object: "token", jwt: sessionToken(u, c.sid!, azp) });
      if (se[2] === "remove" || se[2] === "end") {
        const ended = sessionJson(c, u, azp, se[2] === "end" ? "ended" : "removed");
        return signOut(ended);
      }
      return reply(sessionJson(c, u, azp)); // touch, reload
    }
    if (rel === "v1/me" && u) return reply(userJson(u));
    if (rel === "v1/me/sessions/active" && u)
      return json([
        {
          ...sessionJson(c, u, azp),
          latest_activity: {
            object: "session_activity",
            id: "sact_local",
            is_mobile: false,
            browser_name: "Local",
            device_type: "this browser",
          },
        },
      ]);
    return err(404, "resource_not_found", `Not in the local stand-in: ${method} ${rel}`);
  };
}
