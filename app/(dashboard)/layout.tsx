import { auth } from "@clerk/nextjs/server";
import type { ReactNode } from "react";
import { HydrateClient, ready, trpc } from "@/app/_trpc/server";
import { RightsProvider } from "@/components/rights";
import { Shell } from "@/components/shell/shell";
import { TrpcProvider } from "@/components/trpc";
import { identify } from "@/server/auth";

/** On Vercel a tick may follow a page that shows a running job. */
export const maxDuration = 60;

/** Everything behind the sign-in. The session is checked here again: the middleware is never the only guard. */
export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const identity = await identify();
  if (!identity) return (await auth()).redirectToSignIn();
  await ready(trpc.accounts.list.prefetch(), trpc.resources.facets.prefetch({}), trpc.resources.syncs.prefetch({}));
  return (
    // Another tenant, another cache: nothing of the one that was left is ever shown in the other.
    <TrpcProvider key={identity.tenantId}>
      <RightsProvider isAdmin={identity.isAdmin}>
        <HydrateClient>
          <Shell>{children}</Shell>
        </HydrateClient>
      </RightsProvider>
    </TrpcProvider>
  );
}
