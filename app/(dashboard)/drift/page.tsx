import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { caller, getQueryClient, HydrateClient, ready, trpc } from "@/app/_trpc/server";
import { stackInput, stackParams } from "@/components/drift/stack-params";
import { StacksPage } from "@/components/drift/stacks-page";
import { listPages } from "@/components/list-pages";
import { scopeInput } from "@/components/scope-params";

export const metadata: Metadata = { title: "Drift" };

const load = createLoader(stackParams);

export default async function Page({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const params = await load(searchParams);
  await ready(
    getQueryClient().prefetchInfiniteQuery(listPages(["drift", "stacks"], stackInput(params), caller.drift.stacks)),
    trpc.drift.facets.prefetch({}),
    trpc.drift.overview.prefetch(scopeInput(params)),
  );
  return (
    <HydrateClient>
      <StacksPage />
    </HydrateClient>
  );
}
