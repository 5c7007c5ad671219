"use client";
import { Download, RefreshCw } from "lucide-react";
import { useSearchParams } from "next/navigation";
import { useQueryStates } from "nuqs";
import { useEffect, useRef } from "react";
import { FirstAccount } from "@/components/accounts/first-account";
import { NotConnected } from "@/components/accounts/not-connected";
import { readError } from "@/components/app-error";
import { trpc } from "@/components/trpc";
import { Button, buttonStyle } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { StaleNotice } from "@/components/ui/stale-notice";
import type { CostFreshness } from "@/server/cost/views";
import { AccountStates } from "./account-states";
import { AnomaliesPanel } from "./anomalies-panel";
import { BudgetsPanel } from "./budgets-panel";
import { ChartPanel } from "./chart-panel";
import { CostHeadline } from "./cost-headline";
import { costParams, exportHref, misread, scopeOf, summaryInput, type CostParams } from "./cost-params";
import { CostSkeleton } from "./cost-skeleton";
import { FreshnessLine } from "./freshness-line";
import { LedgerPanel } from "./ledger-panel";
import { Movers } from "./movers";
import { RangeControls } from "./range-controls";
import { ScorecardPanel } from "./scorecard-panel";
import { ServiceTable } from "./service-table";
import { UnseenPanel } from "./unseen-panel";
import { useCostRefresh } from "./use-cost-refresh";

const POLL_MS = 5000;

/** What everything costs: the range of the address, what moved it, and where it goes. Looking asks AWS for nothing. */
export function CostPage({ now }: { now: Date }) {
  const [params, setParams] = useQueryStates(costParams, { history: "push" });
  const left = misread(useSearchParams());
  const { refresh, isRefreshing } = useCostRefresh();
  const query = trpc.cost.summary.useQuery(summaryInput(params, now), {
    placeholderData: (before) => before,
    refetchInterval: ({ state }) => (state.data && isBeingRead(state.data.freshness) ? POLL_MS : false),
  });
  const { data: summary, error } = query;
  useWhenRead(summary !== undefined && isBeingRead(summary.freshness));
  const problem = error && !summary ? readError(error) : null;
  if (!summary && !problem) return <CostSkeleton />;
  if (summary?.freshness.accountsTotal === 0 && params.account.length === 0) return <FirstAccount />;
  const change = (next: Partial<CostParams>) => void setParams(next);
  const onService = (service: string) => change({ service: [service] });
  // Like everywhere in the address: our id, and AWS's number only of accounts that are not connected.
  const onAccount = (id: string) =>
    change({ account: [summary?.accounts.find(({ awsAccountId }) => awsAccountId === id)?.accountId ?? id] });
  return (
    <div className="flex flex-col gap-4">
      <PageHeader
        title="Cost"
        note={summary && <FreshnessLine freshness={summary.freshness} />}
        actions={
          <>
            <Button size="sm" isBusy={isRefreshing} onClick={() => refresh(scopeOf(params))}>
              {!isRefreshing && <RefreshCw aria-hidden />}
              Refresh
            </Button>
            <a href={exportHref(params, now)} download className={buttonStyle({ size: "sm" })}>
              <Download aria-hidden />
              Export CSV
            </a>
          </>
        }
      />
      <RangeControls params={params} problems={problem?.fields ?? {}} onChange={change} />
      {query.isRefetchError && <StaleNotice query={query} />}
      {left.map((sentence) => (
        <Notice key={sentence} tone="warn">
          {sentence}
        </Notice>
      ))}
      {params.region.length > 0 && (
        <Notice tone="unknown">
          Costs are not narrowed to a region: AWS tells them by account and service. Open a service to see its regions.
        </Notice>
      )}
      {problem?.code === "NOT_FOUND" ? (
        <NotConnected count={params.account.length} onClear={() => change({ account: [] })} />
      ) : problem && Object.keys(problem.fields).length > 0 ? (
        <EmptyState
          title="There is nothing to show for this choice"
          text={problem.message}
          action={<Button onClick={() => void setParams(null)}>Show the last 30 days of everything</Button>}
        />
      ) : problem ? (
        <ErrorState {...problem} isRetrying={query.isFetching} onRetry={() => void query.refetch()} />
      ) : (
        summary && (
          <>
            <AccountStates freshness={summary.freshness} />
            <CostHeadline summary={summary} params={params} now={now} />
            <ChartPanel params={params} now={now} onService={(service) => change({ service })} />
            <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
              <ServiceTable
                summary={summary}
                chosen={params.service}
                onChoose={(service) => change({ service })}
                isDimmed={query.isPlaceholderData}
              />
              <Movers params={params} now={now} onService={onService} onAccount={onAccount} />
            </div>
            <AnomaliesPanel params={params} onService={onService} />
            <BudgetsPanel services={summary.services.map(({ key }) => key)} />
            <ScorecardPanel params={params} />
            <UnseenPanel params={params} />
            <LedgerPanel />
          </>
        )
      )}
    </div>
  );
}

const isBeingRead = ({ accounts }: CostFreshness) =>
  accounts.some(({ state }) => state === "reading" || state === "waiting");

/** Once the last account has been read, every figure of the page is asked for again. */
function useWhenRead(isReading: boolean) {
  const utils = trpc.useUtils();
  const wasReading = useRef(false);
  useEffect(() => {
    if (wasReading.current && !isReading) void utils.cost.invalidate();
    wasReading.current = isReading;
  }, [isReading, utils]);
}
