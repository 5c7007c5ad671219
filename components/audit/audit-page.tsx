"use client";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { parseAsArrayOf, parseAsString, useQueryState, useQueryStates } from "nuqs";
import { useCallback } from "react";
import { readError } from "@/components/app-error";
import { trpc } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { ColumnChoice } from "@/components/ui/column-choice";
import { DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { ListPage } from "@/components/ui/list-page";
import { MoreRows } from "@/components/ui/more-rows";
import { PageHeader } from "@/components/ui/page-header";
import { StaleNotice } from "@/components/ui/stale-notice";
import { auditColumns, usualAuditColumns } from "./audit-columns";
import { AuditFilters } from "./audit-filters";
import { auditPages } from "./audit-pages";
import { auditInput, auditParams, isNarrowed } from "./audit-params";
import { AuditTableSkeleton } from "./audit-skeleton";

/** Who did what, when and from where, filtered by the address. */
export function AuditPage() {
  const [params, setParams] = useQueryStates(auditParams, { history: "push" });
  const [columns, setColumns] = useQueryState("cols", parseAsArrayOf(parseAsString));
  const client = trpc.useUtils().client;
  const choices = trpc.audit.choices.useQuery().data;
  const input = auditInput(params);
  const log = useInfiniteQuery({
    ...auditPages(input, (page) => client.audit.list.query(page)),
    placeholderData: keepPreviousData,
  });
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = log;
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage && !isFetchNextPageError) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage]);
  const entries = log.data?.pages.flatMap((page) => page.entries);
  const problem = log.error && !log.data ? readError(log.error) : null;
  const clear = () => void setParams(null);
  const shown = auditColumns.filter(({ id }) => id === "what" || (columns ?? usualAuditColumns).includes(id));
  return (
    <ListPage>
      <PageHeader
        title="Audit log"
        note="Every change that was made here, by whom and from where, newest first. Nobody can alter it."
        actions={
          <ColumnChoice
            columns={auditColumns}
            shown={columns ?? usualAuditColumns}
            fixed="what"
            onChange={(next) => void setColumns(next)}
            onReset={() => void setColumns(null)}
          />
        }
      />
      <AuditFilters params={params} choices={choices} onChange={(change) => void setParams(change)} onClear={clear} />
      {log.isRefetchError && <StaleNotice query={log} />}
      {problem ? (
        <ErrorState {...problem} isRetrying={log.isFetching} onRetry={() => void log.refetch()} />
      ) : !entries ? (
        <AuditTableSkeleton />
      ) : entries.length === 0 && !log.isPlaceholderData ? (
        <Nothing isNarrowed={isNarrowed(params)} onClear={clear} />
      ) : (
        <DataTable
          label="Audit log"
          columns={shown}
          rows={entries}
          rowId={({ id }) => id}
          rowCount={hasNextPage ? -1 : entries.length}
          onEnd={onEnd}
          isDimmed={log.isPlaceholderData}
          listKey={JSON.stringify(input)}
          mayHide={columns === null}
          foot={
            <MoreRows
              what="entries"
              hasFailed={isFetchNextPageError}
              isLoading={isFetchingNextPage}
              onRetry={() => void fetchNextPage()}
            />
          }
        />
      )}
    </ListPage>
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
