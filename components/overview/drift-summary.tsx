"use client";
import dynamic from "next/dynamic";
import Link from "next/link";
import { readError } from "@/components/app-error";
import { Severity } from "@/components/drift/severity";
import { severityWords } from "@/components/drift/drift-words";
import { stackHref, stacksHref } from "@/components/drift/stack-params";
import { scopeInput, type Scope } from "@/components/scope-params";
import { trpc } from "@/components/trpc";
import { ErrorState } from "@/components/ui/error-state";
import { Figure } from "@/components/ui/figure";
import { plural } from "@/components/ui/figure-text";
import { Panel } from "@/components/ui/panel";
import { Skeleton } from "@/components/ui/skeleton";
import { StaleNotice } from "@/components/ui/stale-notice";
import { Time } from "@/components/ui/time";
import type { DriftOverview } from "@/server/drift/views";

// The chart's library is fetched when a chart is about to be seen, not with the page.
const DriftTrend = dynamic(() => import("./drift-trend").then(({ DriftTrend }) => DriftTrend), {
  ssr: false,
  loading: () => <Skeleton className="h-47 rounded-md" />,
});

/** Drift on one glance: how bad, how sure, and whether it gets better. */
export function DriftSummary({ scope }: { scope: Scope }) {
  const query = trpc.drift.overview.useQuery(scopeInput(scope), { placeholderData: (before) => before });
  const { data: drift, error } = query;
  return (
    <Panel
      title="Drift"
      note={
        drift?.asOf && (
          <>
            the oldest detection that counts: <Time at={drift.asOf} />
          </>
        )
      }
      actions={
        <Link href={stacksHref(scope)} className="text-xs font-medium text-accent underline-offset-4 hover:underline">
          Show all stacks
        </Link>
      }
    >
      {drift && query.isRefetchError && (
        <div className="border-b px-4 py-3">
          <StaleNotice query={query} />
        </div>
      )}
      {drift ? (
        drift.stacks.total === 0 ? (
          <p className="px-4 py-3 text-sm text-muted">No CloudFormation stack has been read here.</p>
        ) : (
          <div className="grid max-lg:divide-y lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_minmax(0,2fr)] lg:divide-x">
            <BySeverity drift={drift} scope={scope} />
            <CoverageFigures drift={drift} scope={scope} />
            <div className="min-w-0 px-4 py-3">
              <DriftTrend trend={drift.trend} />
            </div>
          </div>
        )
      ) : error ? (
        <ErrorState {...readError(error)} isRetrying={query.isFetching} onRetry={() => void query.refetch()} />
      ) : (
        <Skeleton className="m-4 h-44" />
      )}
    </Panel>
  );
}

function BySeverity({ drift, scope }: { drift: DriftOverview; scope: Scope }) {
  const { bySeverity, worst, stacks, coverage, asOf } = drift;
  const unseen = stacks.total - (coverage?.stacksCounted ?? 0);
  return (
    <div className="py-2">
      <h3 className="px-4 py-1 text-xs text-muted">Drifted stacks by severity</h3>
      <ul>
        {bySeverity.map(({ severity, stacks: count }) => (
          <li key={severity} className="flex h-8 items-center justify-between px-4 text-sm hover:bg-hover">
            <Severity severity={severity} />
            <Figure
              value={coverage ? count : null}
              one={`stack at worst ${severityWords[severity].toLowerCase()}`}
              many={`stacks at worst ${severityWords[severity].toLowerCase()}`}
              isPartial={unseen > 0}
              asOf={asOf}
              whyNot={unseen > 0 ? `CloudGuard has not detected ${plural(unseen, "stack")} itself.` : null}
              href={stacksHref({ ...scope, severity: [severity] })}
            />
          </li>
        ))}
      </ul>
      {worst[0] && (
        <p className="px-4 pt-1 text-xs text-muted">
          Worst:{" "}
          <Link href={stackHref(worst[0].id)} className="font-medium text-ink underline-offset-4 hover:underline">
            {worst[0].stackName}
          </Link>
        </p>
      )}
    </div>
  );
}

function CoverageFigures({ drift, scope }: { drift: DriftOverview; scope: Scope }) {
  const { stacks, coverage, ignoredDifferences, asOf } = drift;
  return (
    <dl className="divide-y py-1 text-sm">
      <div className="px-4 py-2">
        <dt className="text-xs text-muted">Stacks detected</dt>
        <dd>
          <Figure
            value={coverage?.stacksCounted ?? 0}
            one="stack detected by CloudGuard"
            many="stacks detected by CloudGuard"
            asOf={asOf}
            href={stacksHref(scope)}
            className="text-lg font-semibold"
          />{" "}
          <span className="text-muted figures">of {stacks.total}</span>
          {stacks.running > 0 && <span className="text-xs text-muted figures"> · {stacks.running} under way</span>}
        </dd>
      </div>
      <div className="px-4 py-2">
        <dt className="text-xs text-muted">Resources checked in them</dt>
        <dd>
          <Figure
            value={coverage?.resourcesChecked ?? null}
            one="resource checked"
            many="resources checked"
            asOf={asOf}
            whyNot={coverage ? null : "Nothing has been detected yet."}
            className="text-lg font-semibold"
          />{" "}
          {coverage && <span className="text-muted figures">of {coverage.resourcesTotal.toLocaleString("en-US")}</span>}
        </dd>
        {coverage && (
          <dd className="text-xs text-muted figures">
            {coverage.resourcesUnknown} unknown, {coverage.resourcesUnsupported} without drift support
          </dd>
        )}
      </div>
      <div className="px-4 py-2">
        <dt className="text-xs text-muted">Differences that rules ignore</dt>
        <dd>
          <Figure
            value={coverage ? ignoredDifferences : null}
            one="ignored difference"
            asOf={asOf}
            href="/drift/ignore-rules"
          />
        </dd>
      </div>
    </dl>
  );
}
