import { isClerkAPIResponseError } from "@clerk/nextjs/errors";
import { auth, clerkClient } from "@clerk/nextjs/server";
import type { RoomContext } from "./context";
import type { TenantId } from "./db/client";
import { log } from "./log";

export interface Identity extends Omit<RoomContext, "requestId" | "sender"> {
  isAdmin: boolean;
}

/**
 * Who is asking, from Clerk's verified session; null when nobody is signed in. Here, and where a due row is claimed, a
 * TenantId is minted: the active organisation, else the person. A personal tenant is its own admin.
 */
export async function identify(): Promise<Identity | null> {
  const { userId, orgId, orgRole } = await auth();
  if (!userId) return null;
  return {
    tenantId: (orgId ?? userId) as TenantId,
    clerkUserId: userId,
    isAdmin: !orgId || orgRole === "org:admin",
    email: () => emailOf(userId),
  };
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
