"use client";
import { readError } from "@/components/app-error";
import { SchedulePanel } from "@/components/drift/schedule-panel";
import { trpc } from "@/components/trpc";
import { resourcesHref } from "@/components/resources/list-params";
import { regionName } from "@/components/resources/region-name";
import { Copyable } from "@/components/ui/copyable";
import { ErrorState } from "@/components/ui/error-state";
import { FactList } from "@/components/ui/fact-list";
import { Figure } from "@/components/ui/figure";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { Panel } from "@/components/ui/panel";
import { StaleNotice } from "@/components/ui/stale-notice";
import { Time } from "@/components/ui/time";
import type { RouterOutputs } from "@/server/routers";
import { AccountActions } from "./account-actions";
import { AccountSkeleton } from "./account-skeleton";
import { AccountStatus } from "./account-status";
import { CellGrid } from "./cell-grid";
import { whyIncomplete } from "./completeness-words";
import { ConnectionPanel } from "./connection-panel";
import { gapLines } from "./gap-lines";
import { GapList } from "./gap-list";
import { SyncHistory } from "./sync-history";
import { SyncProgress } from "./sync-progress";

const POLL_MS = 2000;

export type AccountDetail = RouterOutputs["accounts"]["byId"];

/** One account: can CloudGuard read it, what has it read, and what to do about the rest. */
export function AccountPage({ accountId }: { accountId: string }) {
  const query = trpc.accounts.byId.useQuery(
    { accountId },
    { refetchInterval: ({ state }) => (state.data?.sync ? POLL_MS : false) },
  );
  const { data: account, error } = query;
  if (!account)
    return error ? (
      <ErrorState
        heading="h1"
        {...readError(error)}
        isRetrying={query.isFetching}
        onRetry={() => void query.refetch()}
      />
    ) : (
      <AccountSkeleton />
    );
  const { completeness } = account;
  return (
    <div className="flex flex-col gap-4">
      <PageHeader
        title={account.name}
        note={
          <>
            <AccountStatus status={account.status} />
            <Copyable text={account.awsAccountId} name="account number" />
            <span>
              <Figure
                value={account.resourceCount}
                one="resource"
                isPartial={completeness.isPartial}
                isStale={completeness.isStale}
                asOf={completeness.asOf}
                whyNot={whyIncomplete(completeness)}
                href={resourcesHref({ account: [account.id] })}
                className="font-medium text-ink"
              />{" "}
              {account.resourceCount === 1 ? "resource" : "resources"}
            </span>
            {account.lastSyncedAt && (
              <span className={completeness.isStale ? "text-warn" : undefined}>
                {completeness.isStale ? "stale, as of " : "as of "}
                <Time at={account.lastSyncedAt} />
              </span>
            )}
          </>
        }
        actions={<AccountActions account={account} />}
      />
      {query.isRefetchError && <StaleNotice query={query} />}
      {account.statusReason && (account.status === "error" || account.status === "paused") && (
        <Notice tone={account.status === "error" ? "bad" : "unknown"}>{account.statusReason}</Notice>
      )}
      {account.sync && (
        <Panel title="Sync running">
          <SyncProgress sync={account.sync} name={account.name} />
        </Panel>
      )}
      {completeness.gaps.length > 0 && (
        <div id="gaps" className="scroll-mt-20">
          <Panel title="What could not be read">
            <GapList gaps={gapLines(completeness.gaps)} />
          </Panel>
        </div>
      )}
      <Panel title="Scans" note="a scan reads one resource type in one region">
        <CellGrid account={account} />
      </Panel>
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <ConnectionPanel account={account} />
        <div className="flex min-w-0 flex-col gap-4">
          <Panel title="Role">
            <FactList facts={factsOf(account)} />
          </Panel>
          <div id="drift-schedule" className="scroll-mt-20">
            <SchedulePanel accountId={account.id} />
          </div>
          <Panel title="Recent syncs">
            <SyncHistory syncs={account.runs} />
          </Panel>
        </div>
      </div>
    </div>
  );
}

function factsOf(account: AccountDetail) {
  return [
    { name: "Role ARN", value: <Copyable text={account.roleArn} name="role ARN" max={26} /> },
    { name: "ExternalId", value: <Copyable text={account.externalId} name="ExternalId" max={26} /> },
    { name: "Default region", value: regionName(account.region) },
    { name: "Connected", value: <Time at={account.createdAt} /> },
    { name: "Syncs", value: `every ${account.syncIntervalMinutes} minutes` },
    {
      name: "Next sync",
      value: account.sync ? (
        "one is running"
      ) : account.nextSyncAt ? (
        <Time at={account.nextSyncAt} />
      ) : (
        <span className="text-faint">{account.pausedAt ? "paused" : "not planned"}</span>
      ),
    },
  ];
}
