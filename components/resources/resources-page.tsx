"use client";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { parseAsArrayOf, parseAsString, useQueryState, useQueryStates } from "nuqs";
import { useCallback } from "react";
import { whyIncomplete } from "@/components/accounts/completeness-words";
import { NoAccount } from "@/components/accounts/no-account";
import { PausedNotice } from "@/components/accounts/paused-notice";
import { readError } from "@/components/app-error";
import { listPages } from "@/components/list-pages";
import { trpc } from "@/components/trpc";
import { buttonStyle } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { ColumnChoice } from "@/components/ui/column-choice";
import { DataTable } from "@/components/ui/data-table";
import { ErrorState } from "@/components/ui/error-state";
import { Figure } from "@/components/ui/figure";
import { ListPage } from "@/components/ui/list-page";
import { ListToolbar } from "@/components/ui/list-toolbar";
import { MoreRows } from "@/components/ui/more-rows";
import { PageHeader } from "@/components/ui/page-header";
import { SearchField } from "@/components/ui/search-field";
import { StaleNotice } from "@/components/ui/stale-notice";
import { Time } from "@/components/ui/time";
import { exportHref, isFiltered, listInput, listParams, searchHint, sortKeys } from "./list-params";
import { resourceColumns, usualColumns } from "./resource-columns";
import { ResourceFilters } from "./resource-filters";
import { PartialNotice, ResourcesEmpty } from "./resources-states";
import { ResourcesTableSkeleton } from "./resources-skeleton";

const POLL_MS = 3000;

/** Everything that was found, filtered by the address. */
export function ResourcesPage() {
  const [params, setParams] = useQueryStates(listParams, { history: "replace" });
  const [columns, setColumns] = useQueryState("cols", parseAsArrayOf(parseAsString));
  const client = trpc.useUtils().client;
  const facets = trpc.resources.facets.useQuery({}).data;
  const isFirstRun = trpc.accounts.list.useQuery().data?.length === 0;
  const isSyncing = trpc.resources.syncs.useQuery({}).data?.some(({ state }) => state === "RUNNING") ?? false;
  const input = listInput(params);
  const list = useInfiniteQuery({
    ...listPages(["resources", "list"], input, (page) => client.resources.list.query(page)),
    placeholderData: keepPreviousData,
    // The first page shows what a sync writes as it comes; further down nothing moves under the reader.
    refetchInterval: ({ state }) => (isSyncing && (state.data?.pages.length ?? 0) <= 1 ? POLL_MS : false),
  });
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = list;
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage && !isFetchNextPageError) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage]);
  const onSearch = useCallback((q: string) => void setParams({ q: q || null }), [setParams]);

  const rows = list.data?.pages.flatMap((page) => page.rows) ?? [];
  const first = list.data?.pages[0];
  const problem = list.error && !list.data ? readError(list.error) : null;
  const atSearch = problem?.fields["filter.search"];
  const shown = resourceColumns.filter(({ id }) => id === "name" || (columns ?? usualColumns).includes(id));
  const clear = () => void setParams(null, { history: "push" });
  const onSort = (key: string) => {
    const sort = sortKeys.find((known) => known === key);
    if (sort) void setParams({ sort, dir: params.sort === sort && params.dir === "asc" ? "desc" : "asc" });
  };

  if (isFirstRun)
    return (
      <ListPage>
        <PageHeader title="Resources" />
        <NoAccount text="Connect an AWS account, and everything in it is listed here." />
      </ListPage>
    );
  return (
    <ListPage>
      <PageHeader
        title="Resources"
        note={
          // Where nothing is shown, the page below says why; the line stays, so that nothing jumps as one types.
          !first || problem || rows.length === 0 ? (
            "\u00a0"
          ) : (
            <span className={cn("flex flex-wrap gap-x-3", list.isPlaceholderData && "opacity-60")}>
              <span>
                <Figure
                  // Nothing was read: there is no zero to show.
                  value={first.completeness.cellsRead === 0 ? null : first.total.count}
                  one={params.gone === "gone" ? "gone resource" : "resource"}
                  isCapped={first.total.isCapped}
                  isPartial={first.completeness.isPartial}
                  isStale={first.completeness.isStale}
                  asOf={first.completeness.asOf}
                  whyNot={whyIncomplete(first.completeness)}
                  className="font-medium text-ink"
                />{" "}
                {first.total.isCapped
                  ? "match; scroll on for all of them"
                  : isFiltered(params)
                    ? "match"
                    : first.total.count === 1
                      ? "resource"
                      : "resources"}
              </span>
              {first.completeness.asOf && (
                <span className={first.completeness.isStale ? "text-warn" : undefined}>
                  {first.completeness.isStale ? "stale, as of " : "as of "}
                  <Time at={first.completeness.asOf} />
                </span>
              )}
            </span>
          )
        }
        actions={
          <>
            <ColumnChoice
              columns={resourceColumns}
              shown={columns ?? usualColumns}
              fixed="name"
              onChange={(next) => void setColumns(next)}
              onReset={() => void setColumns(null)}
            />
            <a href={exportHref(params)} download className={buttonStyle({ size: "sm" })}>
              <Download aria-hidden />
              Export CSV
            </a>
          </>
        }
      />
      <ListToolbar
        search={
          <SearchField
            what="Name, id or ARN"
            value={params.q}
            error={atSearch}
            hint={searchHint(params)}
            onChange={onSearch}
          />
        }
        filters={
          <ResourceFilters
            params={params}
            facets={facets}
            onChange={(change) => void setParams(change, { history: "push" })}
            onClear={clear}
          />
        }
      />
      {list.isRefetchError && <StaleNotice query={list} />}
      <PausedNotice accountIds={params.account} />
      {first && !problem && <PartialNotice completeness={first.completeness} />}
      {problem ? (
        !atSearch && <ErrorState {...problem} isRetrying={list.isFetching} onRetry={() => void list.refetch()} />
      ) : !first ? (
        <ResourcesTableSkeleton />
      ) : rows.length === 0 && !list.isPlaceholderData ? (
        <ResourcesEmpty
          params={params}
          completeness={first.completeness}
          onClear={clear}
          onAllAccounts={() => void setParams({ account: null }, { history: "push" })}
        />
      ) : (
        <DataTable
          label="Resources"
          columns={shown}
          rows={rows}
          rowId={(row) => row.id}
          rowCount={first.total.isCapped ? -1 : first.total.count}
          sort={{ key: params.sort, direction: params.dir, onSort }}
          onEnd={onEnd}
          isDimmed={list.isPlaceholderData}
          listKey={JSON.stringify(input)}
          mayHide={columns === null}
          foot={
            <MoreRows
              what="resources"
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
