import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { HydrateClient, ready, trpc } from "@/app/_trpc/server";
import { OverviewPage } from "@/components/overview/overview-page";
import { loadScope, scopeInput } from "@/components/scope-params";

export const metadata: Metadata = { title: "Overview" };

export default async function Page({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const scope = await loadScope(searchParams);
  await ready(
    trpc.resources.overview.prefetch(scopeInput(scope)),
    trpc.drift.overview.prefetch(scopeInput(scope)),
    trpc.cost.overview.prefetch(),
  );
  return (
    <HydrateClient>
      <OverviewPage />
    </HydrateClient>
  );
}
