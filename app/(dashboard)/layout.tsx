import { auth } from "@clerk/nextjs/server";
import type { ReactNode } from "react";
import { HydrateClient, ready, trpc } from "@/app/_trpc/server";
import { Shell } from "@/components/shell/shell";

/** Everything behind the sign-in. The session is checked here again: the middleware is never the only guard. */
export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const { userId, redirectToSignIn } = await auth();
  if (!userId) return redirectToSignIn();
  await ready(trpc.accounts.list.prefetch(), trpc.resources.facets.prefetch({}), trpc.resources.syncs.prefetch({}));
  return (
    <HydrateClient>
      <Shell>{children}</Shell>
    </HydrateClient>
  );
}
