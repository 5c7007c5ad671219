"use client";
import Link from "next/link";
import { readError } from "@/components/app-error";
import { Change } from "@/components/cost/change";
import { costHref } from "@/components/cost/cost-params";
import { dayText, monthText } from "@/components/cost/day-text";
import { accountsWanting } from "@/components/cost/freshness-words";
import { moneyText } from "@/components/cost/money-text";
import { stillEstimated } from "@/components/cost/month-end-text";
import { namesText } from "@/components/cost/names-text";
import { Stat, Stats } from "@/components/ui/stat";
import { trpc } from "@/components/trpc";
import { ErrorState } from "@/components/ui/error-state";
import { plural } from "@/components/ui/figure-text";
import { Panel } from "@/components/ui/panel";
import { Skeleton } from "@/components/ui/skeleton";
import { Time } from "@/components/ui/time";
import type { CostMover, CostOverview } from "@/server/cost/views";

const MOVERS = 3;

/** The month to date, where it will end, and what moved it; of every account, whatever the scope. */
export function CostSummary() {
  const query = trpc.cost.overview.useQuery();
  const { data: cost, error } = query;
  if (!cost)
    return error ? (
      <Panel title="Cost">
        <ErrorState {...readError(error)} isRetrying={query.isFetching} onRetry={() => void query.refetch()} />
      </Panel>
    ) : (
      <Skeleton className="h-44 w-full rounded-lg" />
    );
  const { monthToDate, change, monthEnd, movers, freshness, confidence, leftOut } = cost;
  const shown = [...movers.up.slice(0, MOVERS), ...movers.down.slice(0, MOVERS)];
  return (
    <section aria-label="Cost" className="flex flex-col gap-2">
      <Stats>
        <Stat name={`Cost of ${monthText(cost.month)} so far, all accounts`} note={<Known freshness={freshness} />}>
          <Link
            href={costHref({ range: "month" })}
            className="rounded-sm underline-offset-4 hover:text-accent hover:underline"
          >
            {moneyText(monthToDate)}
          </Link>
        </Stat>
        <Stat
          name="Likely at the month’s end"
          note={
            monthEnd
              ? [
                  `${moneyText(monthEnd.low)} to ${moneyText(monthEnd.high)}`,
                  ...(confidence ? [`${confidence} confidence`] : []),
                  ...(stillEstimated(monthEnd) ? [stillEstimated(monthEnd)] : []),
                  ...(leftOut.length > 0 ? [`without ${namesText(leftOut)}, not read for a week`] : []),
                ].join("\u00a0· ")
              : "too little history for an estimate"
          }
        >
          {moneyText(monthEnd?.mean ?? null)}
        </Stat>
        <Stat name="Against the same days last month" note={<Attention cost={cost} />}>
          {change ? <Change change={change} className="text-xl" /> : "—"}
        </Stat>
      </Stats>
      {shown.length > 0 && (
        <ul aria-label="What moved the cost" className="grid gap-x-4 rounded-lg border bg-surface py-1 md:grid-cols-2">
          {shown.map((mover) => (
            <MoverRow key={mover.key} mover={mover} />
          ))}
        </ul>
      )}
    </section>
  );
}

function MoverRow({ mover: { key, label, change } }: { mover: CostMover }) {
  return (
    <li className="min-w-0">
      <Link
        href={costHref({ range: "month", service: [key] })}
        className="flex min-h-8 items-center gap-3 px-4 py-1 text-sm -outline-offset-2 hover:bg-hover"
      >
        <span className="min-w-0 flex-1">{label}</span>
        <Change change={change} className="text-xs" />
      </Link>
    </li>
  );
}

function Known({ freshness }: Pick<CostOverview, "freshness">) {
  const wanting = accountsWanting(freshness).length;
  if (!freshness.asOf) return "no costs were read yet";
  return (
    <>
      <span className={freshness.isStale ? "text-warn" : undefined}>
        {freshness.isStale ? "stale, as of " : "as of "}
        <Time at={freshness.asOf} />
      </span>
      {freshness.lastDay && <span>through {dayText(freshness.lastDay)}</span>}
      {wanting > 0 && <span className="text-warn">{plural(wanting, "account")} missing or old</span>}
    </>
  );
}

function Attention({ cost: { anomalies, budgets, sameDaysLastMonth } }: { cost: CostOverview }) {
  return (
    <>
      <span>{sameDaysLastMonth === null ? "not read then" : `${moneyText(sameDaysLastMonth)} then`}</span>
      {anomalies > 0 && <span className="text-warn">{plural(anomalies, "anomaly", "anomalies")}</span>}
      {budgets.over > 0 && <span className="text-bad">{plural(budgets.over, "budget")} over</span>}
      {budgets.atRisk > 0 && <span className="text-warn">{plural(budgets.atRisk, "budget")} at risk</span>}
    </>
  );
}
