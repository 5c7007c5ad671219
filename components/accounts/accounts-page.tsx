"use client";
import { Plus, RefreshCw } from "lucide-react";
import Link from "next/link";
import { parseAsArrayOf, parseAsString, useQueryState, useQueryStates } from "nuqs";
import { useCallback } from "react";
import { readError } from "@/components/app-error";
import { useRights } from "@/components/rights";
import { trpc } from "@/components/trpc";
import { Button, buttonStyle } from "@/components/ui/button";
import { ColumnChoice } from "@/components/ui/column-choice";
import { DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { plural } from "@/components/ui/figure-text";
import { FilterBar } from "@/components/ui/filter-bar";
import { FilterChip } from "@/components/ui/filter-chip";
import { ListPage } from "@/components/ui/list-page";
import { ListToolbar } from "@/components/ui/list-toolbar";
import { PageHeader } from "@/components/ui/page-header";
import { SearchField } from "@/components/ui/search-field";
import { StaleNotice } from "@/components/ui/stale-notice";
import { accountColumns, usualAccountColumns } from "./account-columns";
import { accountListParams, accountSorts, accountStatuses, isNarrowed, shownAccounts } from "./account-list";
import { statusWords, type AccountSummary } from "./account-status";
import { AccountsSkeleton } from "./accounts-skeleton";
import { FirstAccount } from "./first-account";
import { useSync } from "./use-sync";

const POLL_MS = 2000;

/** Every connected account. Looks again while one of them syncs. */
export function AccountsPage() {
  const list = trpc.accounts.list.useQuery(undefined, {
    refetchInterval: ({ state }) => (state.data?.some(({ sync }) => sync) ? POLL_MS : false),
  });
  const [params, setParams] = useQueryStates(accountListParams, { history: "replace" });
  const [columns, setColumns] = useQueryState("cols", parseAsArrayOf(parseAsString));
  const onSearch = useCallback((q: string) => void setParams({ q: q || null }), [setParams]);
  const { data: accounts, error } = list;
  if (!accounts)
    return error ? (
      <ErrorState heading="h1" {...readError(error)} isRetrying={list.isFetching} onRetry={() => void list.refetch()} />
    ) : (
      <AccountsSkeleton />
    );
  if (accounts.length === 0) return <FirstAccount />;
  const rows = shownAccounts(accounts, params);
  const clear = () => void setParams({ account: null, q: null, status: null }, { history: "push" });
  const onSort = (key: string) => {
    const sort = accountSorts.find((known) => known === key);
    if (sort) void setParams({ sort, dir: params.sort === sort && params.dir === "asc" ? "desc" : "asc" });
  };
  return (
    <ListPage>
      <PageHeader
        title="Accounts"
        note={
          <>
            <span className="figures">
              {isNarrowed(params) && `${rows.length} of `}
              {plural(accounts.length, "connected account")}
            </span>
            {params.region.length > 0 && <span>counts are of every region</span>}
          </>
        }
        actions={<AccountsActions columns={columns} onColumns={(next) => void setColumns(next)} />}
      />
      <ListToolbar
        search={<SearchField what="Name or account number" value={params.q} onChange={onSearch} />}
        filters={
          <FilterBar isNarrowed={isNarrowed(params)} onClear={clear}>
            <FilterChip
              name="Status"
              choices={statusChoices(accounts)}
              selected={params.status}
              onChange={(chosen) =>
                void setParams(
                  { status: accountStatuses.filter((status) => chosen.includes(status)) },
                  { history: "push" },
                )
              }
            />
          </FilterBar>
        }
      />
      {list.isRefetchError && <StaleNotice query={list} />}
      {rows.length === 0 ? (
        <EmptyState
          title="Nothing matches"
          text="No connected account fits this search and these filters."
          action={<Button onClick={clear}>Clear the filter</Button>}
        />
      ) : (
        <DataTable
          label="Accounts"
          columns={accountColumns.filter(({ id }) => id === "name" || (columns ?? usualAccountColumns).includes(id))}
          rows={rows}
          rowId={({ id }) => id}
          rowCount={rows.length}
          sort={{ key: params.sort, direction: params.dir, onSort }}
          listKey={JSON.stringify(params)}
          mayHide={columns === null}
        />
      )}
    </ListPage>
  );
}

function AccountsActions({
  columns,
  onColumns,
}: {
  columns: string[] | null;
  onColumns(columns: string[] | null): void;
}) {
  const { start, isStarting } = useSync();
  const { isAdmin } = useRights();
  return (
    <>
      <ColumnChoice
        columns={accountColumns}
        shown={columns ?? usualAccountColumns}
        fixed="name"
        onChange={onColumns}
        onReset={() => onColumns(null)}
      />
      <Button size="sm" onClick={() => start({})} isBusy={isStarting}>
        {!isStarting && <RefreshCw aria-hidden />}
        Sync all
      </Button>
      {isAdmin && (
        <Link href="/accounts/new" className={buttonStyle({ tone: "primary", size: "sm" })}>
          <Plus aria-hidden />
          Connect an account
        </Link>
      )}
    </>
  );
}

function statusChoices(accounts: AccountSummary[]) {
  return accountStatuses.map((status) => ({
    value: status,
    label: statusWords(status),
    hint: accounts.filter((account) => account.status === status).length.toLocaleString("en-US"),
  }));
}
