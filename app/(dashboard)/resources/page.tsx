import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { caller, getQueryClient, HydrateClient, ready, trpc } from "@/app/_trpc/server";
import { listPages } from "@/components/list-pages";
import { listInput, listParams } from "@/components/resources/list-params";
import { ResourcesPage } from "@/components/resources/resources-page";

export const metadata: Metadata = { title: "Resources" };

const load = createLoader(listParams);

export default async function Page({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const input = listInput(await load(searchParams));
  await ready(
    getQueryClient().prefetchInfiniteQuery(listPages(["resources", "list"], input, caller.resources.list)),
    trpc.resources.facets.prefetch({}),
  );
  return (
    <HydrateClient>
      <ResourcesPage />
    </HydrateClient>
  );
}
