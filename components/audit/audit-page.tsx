"use client";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { readError } from "@/components/app-error";
import { trpc } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { PageHeader } from "@/components/ui/page-header";
import { AuditFilters } from "./audit-filters";
import { auditPages } from "./audit-pages";
import { auditInput, auditParams, isNarrowed } from "./audit-params";
import { AuditSkeleton } from "./audit-skeleton";
import { AuditTable } from "./audit-table";

/** Who did what, when and from where, filtered by the address. */
export function AuditPage() {
  const [params, setParams] = useQueryStates(auditParams, { history: "push" });
  const client = trpc.useUtils().client;
  const choices = trpc.audit.choices.useQuery().data;
  const log = useInfiniteQuery({
    ...auditPages(auditInput(params), (page) => client.audit.list.query(page)),
    placeholderData: keepPreviousData,
  });
  const entries = log.data?.pages.flatMap((page) => page.entries);
  const clear = () => void setParams(null);
  return (
    <div className="flex flex-col gap-4">
      <PageHeader
        title="Audit log"
        note="Every change that was made here, by whom and from where. Nobody can alter it."
      />
      <AuditFilters params={params} choices={choices} onChange={(change) => void setParams(change)} onClear={clear} />
      {!entries ? (
        log.error ? (
          <ErrorState {...readError(log.error)} isRetrying={log.isFetching} onRetry={() => void log.refetch()} />
        ) : (
          <AuditSkeleton />
        )
      ) : entries.length === 0 ? (
        <Nothing isNarrowed={isNarrowed(params)} onClear={clear} />
      ) : (
        <>
          <AuditTable entries={entries} />
          <Older
            hasMore={log.hasNextPage}
            hasFailed={log.isFetchNextPageError}
            isBusy={log.isFetchingNextPage}
            onMore={() => void log.fetchNextPage()}
          />
        </>
      )}
    </div>
  );
}

function Nothing({ isNarrowed, onClear }: { isNarrowed: boolean; onClear(): void }) {
  return isNarrowed ? (
    <EmptyState
      title="Nothing matches"
      text="Nothing of this kind was done in these days."
      action={<Button onClick={onClear}>Clear the filter</Button>}
    />
  ) : (
    <EmptyState
      title="Nothing was done yet"
      text="Connecting, checking, syncing and exporting are written down here."
    />
  );
}

interface OlderProps {
  hasMore: boolean;
  hasFailed: boolean;
  isBusy: boolean;
  onMore(): void;
}

function Older({ hasMore, hasFailed, isBusy, onMore }: OlderProps) {
  if (!hasMore) return <p className="text-xs text-faint">That is all.</p>;
  return (
    <p className="flex items-center gap-3 text-sm text-muted">
      {hasFailed && "The next entries could not be read."}
      <Button isBusy={isBusy} onClick={onMore}>
        {hasFailed ? "Try again" : "Show older"}
      </Button>
    </p>
  );
}
