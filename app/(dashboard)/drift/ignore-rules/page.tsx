import type { Metadata } from "next";
import { HydrateClient, ready, trpc } from "@/app/_trpc/server";
import { IgnoreRulesPage } from "@/components/drift/ignore-rules-page";

export const metadata: Metadata = { title: "Ignore rules" };

export default async function Page() {
  await ready(trpc.drift.ignoreRules.list.prefetch({}), trpc.accounts.list.prefetch());
  return (
    <HydrateClient>
      <IgnoreRulesPage />
    </HydrateClient>
  );
}
