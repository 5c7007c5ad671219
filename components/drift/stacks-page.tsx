"use client";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { EyeOff } from "lucide-react";
import Link from "next/link";
import { useQueryStates } from "nuqs";
import { useCallback, useState } from "react";
import { toast } from "sonner";
import { NoAccount } from "@/components/accounts/no-account";
import { PausedNotice } from "@/components/accounts/paused-notice";
import { readError } from "@/components/app-error";
import { listPages } from "@/components/list-pages";
import { scopeInput } from "@/components/scope-params";
import { trpc } from "@/components/trpc";
import { Button, buttonStyle } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table";
import { ErrorState } from "@/components/ui/error-state";
import { Figure } from "@/components/ui/figure";
import { ListPage } from "@/components/ui/list-page";
import { ListToolbar } from "@/components/ui/list-toolbar";
import { MoreRows } from "@/components/ui/more-rows";
import { PageHeader } from "@/components/ui/page-header";
import { SearchField } from "@/components/ui/search-field";
import { StaleNotice } from "@/components/ui/stale-notice";
import type { RouterOutputs } from "@/server/routers";
import { RunningBar } from "./running-bar";
import { stackColumns } from "./stack-columns";
import { StackFilters } from "./stack-filters";
import { stackLines } from "./stack-lines";
import { isNarrowed, stackInput, stackParams, stackSorts, stacksHref } from "./stack-params";
import { StacksTableSkeleton } from "./stacks-skeleton";
import { StacksEmpty, StacksPartialNotice } from "./stacks-states";
import { TriggerMenu } from "./trigger-menu";
import { TriggerReceipt } from "./trigger-receipt";
import { useRunning } from "./use-running";

const POLL_MS = 2500;

/** Every stack with its drift, the worst first, and the way to look again. */
export function StacksPage() {
  const [params, setParams] = useQueryStates(stackParams, { history: "replace" });
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const utils = trpc.useUtils();
  const facets = trpc.drift.facets.useQuery({}).data;
  const isFirstRun = trpc.accounts.list.useQuery().data?.length === 0;
  const input = stackInput(params);
  const list = useInfiniteQuery({
    ...listPages(["drift", "stacks"], input, (page) => utils.client.drift.stacks.query(page)),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.pages.some(hasLiveJob) ? POLL_MS : false),
  });
  const triggering = trpc.drift.triggerMany.useMutation({
    onSuccess: async () => {
      setSelected(new Set());
      await utils.drift.invalidate();
    },
    onError: (error) => void toast.error(readError(error).message),
  });
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = list;
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage && !isFetchNextPageError) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage]);
  const onSearch = useCallback((q: string) => void setParams({ q: q || null }), [setParams]);

  const lines = stackLines(list.data?.pages.flatMap((page) => page.rows) ?? [], params.open);
  const first = list.data?.pages[0];
  const { running, ended } = useRunning(scopeInput(params));
  const problem = list.error && !list.data ? readError(list.error) : null;
  const atSearch = problem?.fields["filter.search"];
  const clear = () => void setParams({ ...emptyFilter }, { history: "push" });
  const onSort = (key: string) => {
    const sort = stackSorts.find((known) => known === key);
    if (sort) void setParams({ sort, dir: params.sort === sort && params.dir === "desc" ? "asc" : "desc" });
  };
  const columns = stackColumns({
    lines,
    selected,
    onSelect: (ids, isOn) =>
      setSelected((before) => new Set(isOn ? [...before, ...ids] : [...before].filter((id) => !ids.includes(id)))),
    onUnfold: (id) =>
      void setParams(({ open }) => ({
        open: open.includes(id) ? open.filter((other) => other !== id) : [...open, id],
      })),
  });

  if (isFirstRun)
    return (
      <ListPage>
        <PageHeader title="Drift" />
        <NoAccount text="Connect an AWS account, and its CloudFormation stacks are listed here with their drift." />
      </ListPage>
    );
  return (
    <ListPage>
      <PageHeader
        title="Drift"
        note={
          // The line stays while nothing is known, so that nothing jumps when it is.
          !first ? (
            "\u00a0"
          ) : (
            <>
              <span>
                <Figure
                  value={first.total}
                  one={params.flat ? "stack" : "stack, nested ones under their root"}
                  many={params.flat ? "stacks" : "stacks, nested ones under their root"}
                  isPartial={first.isPartial}
                  whyNot={first.isPartial ? "Some accounts or regions could not be read, or have not been yet." : null}
                  className="font-medium text-ink"
                />{" "}
                {isNarrowed(params) ? "match" : first.total === 1 ? "stack" : "stacks"}
              </span>
              {first.stacks.neverDetected > 0 && (
                <Link
                  href={stacksHref({ drift: ["NOT_CHECKED"] })}
                  className="figures underline-offset-4 hover:text-accent hover:underline"
                >
                  {first.stacks.neverDetected} {isNarrowed(params) ? "of all stacks never detected" : "never detected"}
                </Link>
              )}
            </>
          )
        }
        actions={
          <>
            <Link href="/drift/ignore-rules" className={buttonStyle({ size: "sm" })}>
              <EyeOff aria-hidden />
              Ignore rules
            </Link>
            {selected.size > 0 && (
              <Button size="sm" onClick={() => setSelected(new Set())}>
                Clear selection
              </Button>
            )}
            <TriggerMenu selected={selected} isBusy={triggering.isPending} onTrigger={triggering.mutate} />
          </>
        }
      />
      <ListToolbar
        search={<SearchField what="Name, id or description" value={params.q} error={atSearch} onChange={onSearch} />}
        filters={
          <StackFilters
            params={params}
            facets={facets}
            onChange={(change) => void setParams(change, { history: "push" })}
            onClear={clear}
          />
        }
      />
      {triggering.data && <TriggerReceipt receipt={triggering.data} onDismiss={triggering.reset} />}
      {running > 0 && <RunningBar running={running} ended={ended} />}
      {list.isRefetchError && <StaleNotice query={list} />}
      <PausedNotice accountIds={params.account} />
      {first?.isPartial && lines.length > 0 && <StacksPartialNotice />}
      {problem ? (
        !atSearch && <ErrorState {...problem} isRetrying={list.isFetching} onRetry={() => void list.refetch()} />
      ) : !first ? (
        <StacksTableSkeleton />
      ) : lines.length === 0 && !list.isPlaceholderData ? (
        <StacksEmpty params={params} isPartial={first.isPartial} onClear={clear} />
      ) : (
        <DataTable
          label="Stacks"
          columns={columns}
          rows={lines}
          rowId={({ stack }) => stack.id}
          rowCount={hasNextPage ? -1 : lines.length}
          sort={{ key: params.sort, direction: params.dir, onSort }}
          onEnd={onEnd}
          isDimmed={list.isPlaceholderData}
          listKey={JSON.stringify(input)}
          mayHide
          foot={
            <MoreRows
              what="stacks"
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

function hasLiveJob({ rows }: RouterOutputs["drift"]["stacks"]): boolean {
  return rows.some(({ job, nested }) => job ?? nested?.stacks.some((stack) => stack.job));
}

const emptyFilter = { account: null, region: null, drift: null, severity: null, status: null, q: null };
