import type { Metadata } from "next";
import { AccountsPage } from "@/components/accounts/accounts-page";
import { HydrateClient, ready, trpc } from "@/app/_trpc/server";

export const metadata: Metadata = { title: "Accounts" };

export default async function Page() {
  await ready(trpc.accounts.list.prefetch());
  return (
    <HydrateClient>
      <AccountsPage />
    </HydrateClient>
  );
}
