"use client";
import { RefreshCw } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { FirstAccount } from "@/components/accounts/first-account";
import { gapLines } from "@/components/accounts/gap-lines";
import { GapList } from "@/components/accounts/gap-list";
import { NotConnected } from "@/components/accounts/not-connected";
import { PausedNotice, usePausedAccounts } from "@/components/accounts/paused-notice";
import { SyncProgress } from "@/components/accounts/sync-progress";
import { useSync } from "@/components/accounts/use-sync";
import { readError } from "@/components/app-error";
import { regionName } from "@/components/resources/region-name";
import { scopeInput } from "@/components/scope-params";
import { trpc } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { plural } from "@/components/ui/figure-text";
import { PageHeader } from "@/components/ui/page-header";
import { Panel } from "@/components/ui/panel";
import { StaleNotice } from "@/components/ui/stale-notice";
import { Time } from "@/components/ui/time";
import { useScope } from "@/components/use-scope";
import { Changes } from "./changes";
import { CostSummary } from "./cost-summary";
import { AccountCounts, RegionCounts, TypeCounts } from "./counts";
import { DriftSummary } from "./drift-summary";
import { OverviewSkeleton } from "./overview-skeleton";
import { Summary } from "./summary";

const POLL_MS = 2000;
/** Of syncs and of gaps; an organisation may have hundreds. */
const SHOWN = 8;

/** All that is known, on one page, and how well it is known. */
export function OverviewPage() {
  const { scope, setScope } = useScope();
  const { start, isStarting } = useSync();
  const input = scopeInput(scope);
  // A sync is of one account or of all.
  const accountId = scope.account.length === 1 ? scope.account[0] : undefined;
  const query = trpc.resources.overview.useQuery(input, {
    refetchInterval: ({ state }) => (state.data && state.data.syncs.length > 0 ? POLL_MS : false),
    placeholderData: (before) => before,
  });
  const { data: overview, error } = query;
  const isPaused = usePausedAccounts(scope.account).length > 0;
  if (error && !(overview && !query.isPlaceholderData))
    return (
      <ErrorState
        heading="h1"
        {...readError(error)}
        isRetrying={query.isFetching}
        onRetry={() => void query.refetch()}
      />
    );
  if (!overview) return <OverviewSkeleton />;
  if (overview.accounts.length === 0)
    return input.accountIds ? (
      <NotConnected count={scope.account.length} heading="h1" onClear={() => void setScope({ account: null })} />
    ) : (
      <FirstAccount />
    );
  const nameOf = (accountId: string) => overview.accounts.find((account) => account.accountId === accountId)?.name;
  const { completeness, gaps, syncs } = overview;
  const lines = gapLines(gaps);
  return (
    <div className={query.isPlaceholderData ? "flex flex-col gap-4 opacity-60" : "flex flex-col gap-4"}>
      <PageHeader
        title="Overview"
        note={
          <>
            <span>
              {chosen(scope.account, (id) => nameOf(id) ?? id, "account") ?? "All accounts"}
              {input.regions && `, ${chosen(scope.region, regionName, "region")}`}
            </span>
            {completeness.asOf && (
              <span className={completeness.isStale ? "text-warn" : undefined}>
                {completeness.isStale ? "stale, as of " : "as of "}
                <Time at={completeness.asOf} />
              </span>
            )}
          </>
        }
        actions={
          <Button isBusy={isStarting} disabled={isPaused} onClick={() => start({ accountId })}>
            {!isStarting && <RefreshCw aria-hidden />}
            {accountId ? `Sync ${nameOf(accountId)}` : "Sync all"}
          </Button>
        }
      />
      {query.isRefetchError && <StaleNotice query={query} />}
      <PausedNotice accountIds={scope.account} />
      {syncs.length > 0 && (
        <Panel title={syncs.length === 1 ? "Sync running" : "Syncs running"}>
          <div className="divide-y">
            {syncs.slice(0, SHOWN).map((sync) => (
              <SyncProgress key={sync.runId} sync={sync} name={nameOf(sync.accountId)} />
            ))}
            {syncs.length > SHOWN && (
              <More href="/accounts?status=scanning">{plural(syncs.length - SHOWN, "more sync")} under way</More>
            )}
          </div>
        </Panel>
      )}
      <Summary overview={overview} scope={scope} />
      <CostSummary />
      {gaps.length > 0 && (
        <Panel title="What could not be read" note="nothing was marked as gone because of it">
          <GapList gaps={lines.slice(0, SHOWN)} linkAccounts />
          {lines.length > SHOWN && (
            <div className="border-t">
              <More href="/accounts?sort=gaps&dir=desc">{plural(lines.length - SHOWN, "more gap")}, by account</More>
            </div>
          )}
        </Panel>
      )}
      <DriftSummary scope={scope} />
      <div className="grid items-start gap-4 lg:grid-cols-2 xl:grid-cols-3">
        <TypeCounts overview={overview} scope={scope} />
        <div className="grid min-w-0 items-start gap-4 xl:col-span-2 xl:grid-cols-2">
          <AccountCounts overview={overview} scope={scope} />
          <RegionCounts overview={overview} scope={scope} />
          <div className="min-w-0 xl:col-span-2">
            <Changes overview={overview} scope={scope} />
          </div>
        </div>
      </div>
      <p className="text-xs text-muted">
        Counts are resources that exist now.{" "}
        <Link href="/accounts" className="underline underline-offset-4">
          Accounts
        </Link>{" "}
        shows every scan behind them.
      </p>
    </div>
  );
}

/** What was chosen by name where it is one, else how many; null where nothing was. */
function chosen(values: string[], name: (value: string) => string, what: string): string | null {
  const [only, ...others] = values;
  if (only === undefined) return null;
  return others.length === 0 ? name(only) : plural(values.length, what);
}

function More({ href, children }: { href: string; children: ReactNode }) {
  return (
    <p className="px-4 py-2 text-sm">
      <Link href={href} className="font-medium text-accent figures underline-offset-4 hover:underline">
        {children}
      </Link>
    </p>
  );
}
