import { isClerkAPIResponseError } from "@clerk/nextjs/errors";
import { auth, clerkClient } from "@clerk/nextjs/server";
import { apiKeyRights } from "./api-key-rights";
import { clerkMode } from "./clerk-mode";
import type { RoomContext } from "./context";
import type { TenantId } from "./db/client";
import { log } from "./log";
import { claimsFit, tokenRules } from "./token-claims";

export interface Identity extends Omit<RoomContext, "requestId" | "sender"> {
  isAdmin: boolean;
  /** False for an API key whose scopes allow no more than reading. */
  mayWrite: boolean;
}

/**
 * Who is asking, from a session or an API key that Clerk has verified; null when nobody is signed in. Here, and where a
 * due row is claimed, a TenantId is minted: the active organisation, else the person. A personal tenant is its own admin.
 */
export async function identify(): Promise<Identity | null> {
  const who = await auth({ acceptsToken: ["session_token", "api_key"] });
  if (!who.isAuthenticated) return null;
  if (who.tokenType === "api_key") return keyIdentity(who);
  if (!claimsFit(who.sessionClaims, sessionRules())) return null;
  const { userId, orgId, orgRole } = who;
  return {
    tenantId: (orgId ?? userId) as TenantId,
    clerkUserId: userId,
    isAdmin: !orgId || orgRole === "org:admin",
    mayWrite: true,
    email: () => emailOf(userId),
  };
}

function keyIdentity(key: { id: string; userId: string | null; orgId: string | null; scopes: string[] | null }) {
  const { id, userId, orgId, scopes } = key;
  const subject = userId ?? orgId;
  if (!subject) return null;
  return {
    tenantId: subject as TenantId,
    // An organisation's key is nobody's: it is named by its own id.
    clerkUserId: userId ?? id,
    ...apiKeyRights(userId ? "person" : "organisation", scopes ?? []),
    email: () => (userId ? emailOf(userId) : Promise.resolve(null)),
  };
}

/** The stand-in has one name and no audience, whatever is set for real Clerk. */
function sessionRules() {
  const { publishableKey, isLocal } = clerkMode(process.env);
  if (isLocal) return tokenRules({ publishableKey });
  return tokenRules({ publishableKey, domain: process.env.CLERK_DOMAIN, audience: process.env.CLERK_AUDIENCE });
}

const EMAIL_KEPT_MS = 10 * 60_000;
const MAX_KEPT = 10_000;
const known = new Map<string, { email: string | null; until: number }>();

/** A person's address as Clerk has it, at most ten minutes old; null where there is none or Clerk does not answer. */
async function emailOf(userId: string): Promise<string | null> {
  const now = Date.now();
  const kept = known.get(userId);
  if (kept && kept.until > now) return kept.email;
  try {
    const clerk = await clerkClient();
    const email = (await clerk.users.getUser(userId)).primaryEmailAddress?.emailAddress ?? null;
    if (known.size >= MAX_KEPT) known.clear();
    known.set(userId, { email, until: now + EMAIL_KEPT_MS });
    return email;
  } catch (error) {
    if (!isClerkAPIResponseError(error)) throw error;
    // Nobody is kept from pausing an account because an address could not be looked up.
    log.warn({ err: error }, "a person's address could not be read from Clerk");
    return kept?.email ?? null;
  }
}
