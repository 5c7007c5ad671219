import { auth, clerkClient } from "@clerk/nextjs/server";
import type { RoomContext } from "./context";
import type { TenantId } from "./db/client";

export interface Identity extends Omit<RoomContext, "requestId"> {
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
    email: async () => {
      const clerk = await clerkClient();
      return (await clerk.users.getUser(userId)).primaryEmailAddress?.emailAddress ?? null;
    },
  };
}
