import type { Client, SignIn } from "./client-cookie";
import type { DemoUser } from "./identities";

const DAY_MS = 86_400_000;

/** A user in the form that both of Clerk's APIs give. */
export function userJson(user: DemoUser, memberships: object[] = []) {
  return {
    object: "user",
    id: user.id,
    username: null,
    first_name: user.firstName,
    last_name: user.lastName,
    full_name: `${user.firstName} ${user.lastName}`,
    image_url: avatar(user),
    has_image: true,
    primary_email_address_id: `idn_${user.id}`,
    primary_phone_number_id: null,
    primary_web3_wallet_id: null,
    password_enabled: true,
    two_factor_enabled: false,
    totp_enabled: false,
    backup_code_enabled: false,
    email_addresses: [emailJson(user)],
    phone_numbers: [],
    web3_wallets: [],
    passkeys: [],
    external_accounts: [],
    enterprise_accounts: [],
    saml_accounts: [],
    organization_memberships: memberships,
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
  };
}

/** The client's session; `token` is null once it has ended. */
export function sessionJson(
  client: Client,
  user: DemoUser,
  token: string | null,
  { status = "active", memberships = [] }: { status?: "active" | "ended" | "removed"; memberships?: object[] } = {},
) {
  const createdAt = client.session?.createdAt ?? client.createdAt;
  return {
    object: "session",
    id: client.session?.id,
    status,
    user: userJson(user, memberships),
    public_user_data: { ...emailFace(user), user_id: user.id },
    factor_verification_age: [0, -1],
    actor: null,
    tasks: null,
    last_active_organization_id: client.session?.organizationId ?? null,
    last_active_token: token && { object: "token", jwt: token },
    last_active_at: Date.now(),
    created_at: createdAt,
    updated_at: Date.now(),
    expire_at: createdAt + 7 * DAY_MS,
    abandon_at: createdAt + 30 * DAY_MS,
    client_id: client.id,
  };
}

/** A sign-in on its way, or complete with the session that it made. */
export function signInJson(signIn: SignIn, user: DemoUser | undefined, sessionId?: string) {
  return {
    object: "sign_in",
    id: signIn.id,
    status: sessionId ? "complete" : user ? "needs_first_factor" : "needs_identifier",
    identifier: signIn.identifier,
    supported_identifiers: ["email_address"],
    supported_first_factors: user ? [{ strategy: "password" }] : null,
    supported_second_factors: null,
    second_factor_verification: null,
    created_session_id: sessionId ?? null,
    abandon_at: Date.now() + DAY_MS,
    first_factor_verification: sessionId
      ? { object: "verification", status: "verified", strategy: "password", attempts: 1, expire_at: null }
      : null,
    user_data: user ? faceOf(user) : null,
  };
}

/** The browser as Clerk sees it: `session` is what `sessionJson` made, null where nobody is signed in. */
export function clientJson(client: Client, session: object | null, signIn: object | null) {
  return {
    object: "client",
    id: client.id,
    sessions: session ? [session] : [],
    sign_in: signIn,
    sign_up: null,
    last_active_session_id: session ? (client.session?.id ?? null) : null,
    captcha_bypass: false,
    cookie_expires_at: null,
    last_authentication_strategy: null,
    created_at: client.createdAt,
    updated_at: client.updatedAt,
  };
}

function emailJson(user: DemoUser) {
  return {
    object: "email_address",
    id: `idn_${user.id}`,
    email_address: user.email,
    reserved: false,
    linked_to: [],
    matches_sso_connection: false,
    verification: { object: "verification", status: "verified", strategy: "admin", attempts: null, expire_at: null },
    created_at: 1,
    updated_at: 1,
  };
}

/** What others may see of a person, with the address that tells them apart. */
export function emailFace(user: DemoUser) {
  return { ...faceOf(user), identifier: user.email };
}

function faceOf(user: DemoUser) {
  return { first_name: user.firstName, last_name: user.lastName, image_url: avatar(user), has_image: true };
}

function avatar({ firstName, lastName }: DemoUser): string {
  const initials = `${firstName.charAt(0)}${lastName.charAt(0)}`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="80" height="80"><rect width="80" height="80" fill="#334155"/><text x="40" y="52" font-size="34" font-family="sans-serif" fill="#fff" text-anchor="middle">${initials}</text></svg>`;
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`;
}
