import { json, refusal } from "./answers";
import type { DemoApiKey, DemoUser } from "./identities";
import { userJson } from "./resources";
import { isSame, newId, type Signer } from "./tokens";
import { issueTicket } from "./tickets";

export interface BackendWorld {
  signer: Signer;
  users: DemoUser[];
  apiKeys: DemoApiKey[];
}

const DAY_MS = 86_400_000;
const backendPaths = /^(v1\/(users|jwks|sessions|sign_in_tokens|testing_tokens)|api_keys)(\/|$)/;

export const isBackendPath = (path: string) => backendPaths.test(path);

/** What servers ask with the secret key, as far as CloudGuard does: users, tokens, tickets, API keys. */
export async function answerServer(
  request: Request,
  { path, method }: { path: string; method: string },
  { signer, users, apiKeys }: BackendWorld,
): Promise<Response> {
  const input = method === "POST" ? await bodyOf(request) : {};
  const byId = (id: unknown) => users.find((user) => user.id === id);
  if (method === "GET" && path === "v1/jwks") return json(signer.jwks());
  if (method === "GET" && path === "v1/users") {
    const addresses = new URL(request.url).searchParams.getAll("email_address");
    return json(
      users.filter(({ email }) => addresses.length === 0 || addresses.includes(email)).map((user) => userJson(user)),
    );
  }
  if (method === "GET" && path === "v1/users/count") return json({ object: "total_count", total_count: users.length });
  if (method === "GET" && path.startsWith("v1/users/"))
    return found(byId(path.slice("v1/users/".length)), (user) => userJson(user));
  if (method === "POST" && path === "v1/testing_tokens")
    return json({ object: "testing_token", token: "local", expires_at: Date.now() + DAY_MS });
  if (method === "POST" && path === "v1/sign_in_tokens") {
    const token = (user: DemoUser) => issueTicket(user, Number(input.expires_in_seconds ?? 300), signer);
    return found(byId(input.user_id), (user) => ({
      object: "sign_in_token",
      id: newId("sit"),
      status: "pending",
      user_id: user.id,
      token: token(user),
      created_at: 1,
      updated_at: 1,
    }));
  }
  if (method === "POST" && path === "v1/sessions") return found(byId(input.user_id), serverSession);
  const [, ownerOfSession] = /^v1\/sessions\/sess_local_(\w+)\/tokens$/.exec(path) ?? [];
  if (method === "POST" && ownerOfSession) {
    // The application refuses a token that names no origin; whoever asks says for which one.
    const origin = request.headers.get("origin") ?? undefined;
    const seconds = input.expires_in_seconds === undefined ? undefined : Number(input.expires_in_seconds);
    return found(byId(ownerOfSession), (user) => ({
      object: "token",
      jwt: signer.sessionToken({ user, sessionId: `sess_local_${user.id}`, origin, seconds }),
    }));
  }
  if (method === "POST" && path === "api_keys/verify") {
    const key = apiKeys.find(({ secret }) => isSame(String(input.secret ?? ""), secret));
    return key ? json(apiKeyJson(key)) : refusal(404, "api_key_not_found", "There is no such API key.");
  }
  return refusal(404, "resource_not_found", `The local stand-in has no ${method} ${path}.`);
}

function found<T>(thing: T | undefined, show: (thing: T) => unknown): Response {
  return thing ? json(show(thing)) : refusal(404, "resource_not_found", "There is no such user.");
}

/** A session that a server opens for a user; its id says whose it is, as nothing is stored. */
function serverSession(user: DemoUser) {
  const now = Date.now();
  return {
    object: "session",
    id: `sess_local_${user.id}`,
    user_id: user.id,
    client_id: "client_local",
    status: "active",
    last_active_at: now,
    expire_at: now + 7 * DAY_MS,
    abandon_at: now + 7 * DAY_MS,
    created_at: now,
    updated_at: now,
  };
}

function apiKeyJson({ id, name, subject, scopes }: DemoApiKey) {
  return {
    object: "api_key",
    id,
    type: "api_key",
    name,
    subject,
    scopes,
    claims: null,
    revoked: false,
    revocation_reason: null,
    expired: false,
    expiration: null,
    created_by: subject,
    description: null,
    last_used_at: null,
    created_at: 1,
    updated_at: 1,
  };
}

async function bodyOf(request: Request): Promise<Record<string, unknown>> {
  const text = await request.text();
  return text ? (JSON.parse(text) as Record<string, unknown>) : {};
}
