"use client";
import { useState } from "react";
import { readError } from "@/components/app-error";
import { trpc } from "@/components/trpc";
import { ErrorState } from "@/components/ui/error-state";
import { Panel } from "@/components/ui/panel";
import { TableSkeleton } from "@/components/ui/skeleton";
import type { CostScore } from "@/server/cost/views";
import { forecastInput, type CostParams } from "./cost-params";
import { monthText } from "./day-text";
import { moneyText } from "./money-text";
import { stillEstimated } from "./month-end-text";
import { namesText } from "./names-text";
import { notOnPhone, PlainTable } from "./plain-table";

const percent = (rate: number | null) => (rate === null ? "—" : `${(rate * 100).toFixed(0)}%`);

const columns = [
  { header: "Forecast" },
  { header: "What", className: notOnPhone },
  { header: "Of", className: notOnPhone },
  { header: "Judged", isNumber: true },
  { header: "Within the interval", isNumber: true },
  { header: "Off by", isNumber: true },
];

const whatWords = { DAY: "Days", MONTH_END: "Month’s ends" };

/** The forecast beside AWS's own, how sure it is, and how those that were kept have done. */
export function ScorecardPanel({ params }: { params: CostParams }) {
  const query = trpc.cost.forecast.useQuery(forecastInput({ ...params, service: [] }));
  const { data: forecast, error } = query;
  return (
    <Panel title="Forecast and its record" note="of unblended cost; every refresh’s forecast is kept and judged">
      {!forecast ? (
        error ? (
          <ErrorState {...readError(error)} isRetrying={query.isFetching} onRetry={() => void query.refetch()} />
        ) : (
          <TableSkeleton rows={3} columns={["w-40", "w-24", "w-20"]} />
        )
      ) : (
        <>
          <dl className="grid gap-x-4 gap-y-1 border-b px-4 py-3 text-sm sm:grid-cols-[10rem_minmax(0,1fr)]">
            <dt className="text-muted">{forecast.monthEnd ? `${monthText(forecast.monthEnd.month)}, ours` : "Ours"}</dt>
            <dd className="figures">
              {forecast.monthEnd ? (
                <>
                  {moneyText(forecast.monthEnd.mean)} ({moneyText(forecast.monthEnd.low)} to{" "}
                  {moneyText(forecast.monthEnd.high)}): {moneyText(forecast.monthEnd.actual)} so far and{" "}
                  {moneyText(forecast.monthEnd.rest)} to come
                  {stillEstimated(forecast.monthEnd) && `; ${stillEstimated(forecast.monthEnd)}`}
                  {forecast.metric === "amortized" && ", amortized"}
                </>
              ) : (
                forecast.reason
              )}
            </dd>
            <dt className="text-muted">AWS’s own</dt>
            <dd className="figures">
              {forecast.aws.monthEnd
                ? `${moneyText(forecast.aws.monthEnd.mean)} (${moneyText(forecast.aws.monthEnd.low)} to ${moneyText(forecast.aws.monthEnd.high)})`
                : (forecast.aws.reason ?? "It does not reach the month’s end.")}
            </dd>
            {forecast.confidence && (
              <>
                <dt className="text-muted">Confidence</dt>
                <dd>
                  {forecast.confidence.because}
                  <span className="block text-xs text-muted">{forecast.confidence.definition}</span>
                </dd>
              </>
            )}
            {forecast.leftOut.length > 0 && (
              <>
                <dt className="text-muted">Left out</dt>
                <dd>{namesText(forecast.leftOut)}: not read for a week while others were, so not forecast.</dd>
              </>
            )}
          </dl>
          <Scores scores={forecast.scorecard} />
          <p className="border-t px-4 py-2 text-xs text-muted">
            {forecast.scorecardTotal > forecast.scorecard.length &&
              `The first ${forecast.scorecard.length} of ${forecast.scorecardTotal} lines; choose accounts above to see theirs. `}
            With each refresh every account that costs something is forecast, and what was forecast earlier is judged
            once its days are settled; two forecasts of one day weigh as one. An 80% interval should hold 80% of what
            was forecast. “Off by” is all misses over all dollars, so that a day near zero does not explode; of a
            month’s end, over what was still to come when it was forecast.
          </p>
        </>
      )}
    </Panel>
  );
}

const SHOWN = 12;

/** Those of which something came first; those that all wait for their days on demand. */
function Scores({ scores }: { scores: CostScore[] }) {
  const [isWhole, setIsWhole] = useState(false);
  const shown = isWhole ? scores : scores.filter(({ judged }) => judged > 0).slice(0, SHOWN);
  return (
    <>
      {shown.length === 0 ? (
        <p className="px-4 py-3 text-sm text-muted">
          No forecast has been judged yet: the first days that one told of must be over and settled.
        </p>
      ) : (
        <PlainTable
          label="How forecasts have done"
          columns={columns}
          rows={shown.map(({ source, of, awsAccountId, name, judged, pending, hitRate, wape }) => ({
            key: `${source} ${of} ${awsAccountId} ${name}`,
            below: `${whatWords[of]}, ${name}`,
            cells: [
              source === "AWS" ? "AWS" : "Ours",
              whatWords[of],
              name,
              `${judged.toLocaleString("en-US")}${pending > 0 ? `, ${pending.toLocaleString("en-US")} to come` : ""}`,
              percent(hitRate),
              percent(wape),
            ],
          }))}
        />
      )}
      {shown.length < scores.length && (
        <button
          type="button"
          onClick={() => setIsWhole(true)}
          className="mx-4 mb-3 rounded-sm text-xs text-muted underline underline-offset-4"
        >
          Show all {scores.length} lines, also of what is still to come
        </button>
      )}
    </>
  );
}
