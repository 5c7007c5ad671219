import type { Metadata } from "next";
import { HydrateClient, ready, trpc } from "@/app/_trpc/server";
import { AccountPage } from "@/components/accounts/account-page";

export const metadata: Metadata = { title: "Account" };

export default async function Page({ params }: { params: Promise<{ accountId: string }> }) {
  const { accountId } = await params;
  await ready(trpc.accounts.byId.prefetch({ accountId }), trpc.drift.schedule.get.prefetch({ accountId }));
  return (
    <HydrateClient>
      <AccountPage accountId={accountId} />
    </HydrateClient>
  );
}
