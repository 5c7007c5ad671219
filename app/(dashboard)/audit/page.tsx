import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { caller, getQueryClient, HydrateClient, ready, trpc } from "@/app/_trpc/server";
import { AuditPage } from "@/components/audit/audit-page";
import { auditPages } from "@/components/audit/audit-pages";
import { auditInput, auditParams } from "@/components/audit/audit-params";

export const metadata: Metadata = { title: "Audit log" };

const load = createLoader(auditParams);

export default async function Page({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const input = auditInput(await load(searchParams));
  await ready(
    getQueryClient().prefetchInfiniteQuery(auditPages(input, caller.audit.list)),
    trpc.audit.choices.prefetch(),
  );
  return (
    <HydrateClient>
      <AuditPage />
    </HydrateClient>
  );
}
