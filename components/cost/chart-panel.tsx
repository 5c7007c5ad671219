"use client";
import dynamic from "next/dynamic";
import { X } from "lucide-react";
import { readError } from "@/components/app-error";
import { trpc } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { Details } from "@/components/ui/details";
import { ErrorState } from "@/components/ui/error-state";
import { Panel } from "@/components/ui/panel";
import { Skeleton } from "@/components/ui/skeleton";
import { chartRows } from "./chart-rows";
import { chartSeries } from "./chart-series";
import { ChartTable } from "./chart-table";
import { anomaliesInput, chartInput, forecastInput, type CostParams } from "./cost-params";
import { longDayText } from "./day-text";
import { changeText, moneyText } from "./money-text";
import { namesText } from "./names-text";
import { Swatch } from "./textures";

const CostChart = dynamic(() => import("./cost-chart"), {
  ssr: false,
  loading: () => <Skeleton className="h-72 w-full" />,
});

interface ChartPanelProps {
  params: CostParams;
  now: Date;
  onService(services: string[]): void;
}

/** The range as a stacked chart: of every service, or of those that the table chose. */
export function ChartPanel({ params, now, onService }: ChartPanelProps) {
  const query = trpc.cost.summary.useQuery(chartInput(params, now), { placeholderData: (before) => before });
  const forecast = trpc.cost.forecast.useQuery(forecastInput(params)).data;
  const found = trpc.cost.anomalies.useQuery(anomaliesInput(params)).data?.anomalies ?? [];
  const { data: summary, error } = query;
  const chosen = params.service;
  const title = chosen.length === 0 ? "All services" : chosen.join(", ");
  if (error && !summary)
    return (
      <Panel title={title}>
        <ErrorState {...readError(error)} isRetrying={query.isFetching} onRetry={() => void query.refetch()} />
      </Panel>
    );
  if (!summary) return <Skeleton className="h-96 w-full rounded-lg" />;
  const anomalies = found.filter(
    ({ dismissal, service }) => !dismissal && (chosen.length === 0 || chosen.includes(service)),
  );
  const series = chartSeries(summary.layers);
  const rows = chartRows({ summary, forecast, anomalies });
  const hasForecast = rows.some(({ mean }) => mean !== null);
  return (
    <Panel
      title={title}
      note={
        <span className="figures">
          {moneyText(summary.total)} · {longDayText(summary.range.start)} to {longDayText(summary.range.lastDay)}, UTC
        </span>
      }
      actions={
        chosen.length > 0 && (
          <Button size="sm" tone="quiet" onClick={() => onService([])}>
            <X aria-hidden />
            Show all services
          </Button>
        )
      }
      className={query.isPlaceholderData ? "opacity-60" : undefined}
    >
      <div className="flex flex-col gap-3 p-4">
        {summary.total === null ? (
          <p className="py-12 text-center text-sm text-muted">No day of this range has been read yet.</p>
        ) : (
          <CostChart rows={rows} series={series} />
        )}
        <ul aria-label="Legend" className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-muted">
          {series.map(({ key, label, color, isOther }, at) => (
            <li key={key} className="flex items-center gap-1.5">
              <Swatch id={`legend-${at}`} at={at} color={color} isOther={isOther} />
              {label}
            </li>
          ))}
          {hasForecast && (
            <li className="flex items-center gap-1.5">
              <span aria-hidden className="w-4 border-t-2 border-dashed border-accent" />
              Forecast of {forecast?.metric} cost, 80% interval
            </li>
          )}
          {rows.some((row) => row.anomalies.length > 0) && (
            <li className="flex items-center gap-1.5">
              <svg aria-hidden width="10" height="9" className="text-warn">
                <path d="M0 9h10L5 0z" fill="currentColor" />
              </svg>
              Outside its pattern
            </li>
          )}
        </ul>
        {forecast?.reason && <p className="text-xs text-muted">{forecast.reason}</p>}
        {hasForecast && forecast && forecast.leftOut.length > 0 && (
          <p className="text-xs text-warn">
            The forecast leaves out {namesText(forecast.leftOut)}: not read for a week.
          </p>
        )}
        {summary.restated.length > 0 && (
          <Details
            className="text-xs text-muted"
            summaryClassName="w-fit rounded-sm underline underline-offset-4"
            summary={`AWS restated ${summary.restated.length === 1 ? "a day" : `${summary.restated.length} days`} of this range`}
          >
            <ul className="mt-1 flex flex-wrap gap-x-4 gap-y-0.5 figures">
              {summary.restated.map(({ day, moved }) => (
                <li key={day}>
                  {longDayText(day)} moved {changeText(moved)}
                </li>
              ))}
            </ul>
          </Details>
        )}
        <ChartTable rows={rows} series={series} granularity={summary.granularity} />
      </div>
    </Panel>
  );
}
