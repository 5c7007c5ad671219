"use client";
import { trpc } from "@/components/trpc";
import { plural } from "@/components/ui/figure-text";
import { Skeleton } from "@/components/ui/skeleton";
import type { CostSummaryView } from "@/server/cost/views";
import { Change } from "./change";
import { againstText, isComparable } from "./comparison";
import { forecastInput, trendsInput, type CostParams } from "./cost-params";
import { daysText, monthText } from "./day-text";
import { moneyText } from "./money-text";
import { stillEstimated } from "./month-end-text";
import { namesText } from "./names-text";
import { Stat, Stats } from "@/components/ui/stat";

interface HeadlineProps {
  summary: CostSummaryView;
  params: CostParams;
  now: Date;
}

/** What it cost, against what it cost before, and where the month will end. */
export function CostHeadline({ summary, params, now }: HeadlineProps) {
  const { data: trends, error: trendsError } = trpc.cost.trends.useQuery(trendsInput(params, now), {
    placeholderData: (before) => before,
  });
  // The month's end is told of everything in the scope, like the two figures beside it.
  const { data: forecast, error: forecastError } = trpc.cost.forecast.useQuery(
    forecastInput({ ...params, service: [] }),
  );
  const end = forecast?.monthEnd;
  return (
    <Stats>
      <Stat
        name={`${daysText(summary.range.start, summary.range.lastDay)}, ${params.metric}`}
        note={plural(summary.range.days, "day")}
      >
        {moneyText(summary.total)}
      </Stat>
      <Stat
        name={trends ? againstText(trends, summary.range) : "Against the time before"}
        note={
          trendsError
            ? "The comparison could not be read."
            : trends && (
                <>
                  {moneyText(trends.previous.amount)} before
                  {trends.isRunning && <span>today is not over</span>}
                  {trends.leftOut.length > 0 && (
                    <span className="text-warn">without {namesText(trends.leftOut)}, not read to the end</span>
                  )}
                  {trends.unreadDays > 0 && (
                    <span className="text-warn">{plural(trends.unreadDays, "day")} of both not wholly read</span>
                  )}
                </>
              )
        }
      >
        {trends?.change && isComparable(trends) ? (
          <Change change={trends.change} className="text-xl" />
        ) : trends || trendsError ? (
          "—"
        ) : (
          <Skeleton className="h-8 w-32" />
        )}
      </Stat>
      <Stat
        name={end ? `Likely end of ${monthText(end.month)}` : "Likely end of the month"}
        note={
          forecastError
            ? "The forecast could not be made."
            : end
              ? [
                  `${moneyText(end.low)} to ${moneyText(end.high)} in 4 of 5 cases`,
                  ...(forecast?.confidence ? [`${forecast.confidence.level} confidence`] : []),
                  ...(stillEstimated(end) ? [stillEstimated(end)] : []),
                ].join("\u00a0· ")
              : forecast?.reason
        }
      >
        {forecast || forecastError ? moneyText(end?.mean ?? null) : <Skeleton className="h-8 w-32" />}
      </Stat>
    </Stats>
  );
}
