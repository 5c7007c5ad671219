import type { ReactNode } from "react";
import { plural } from "@/components/ui/figure-text";
import type { ChartRow } from "./chart-rows";
import type { ChartSeries } from "./chart-series";
import { moneyText } from "./money-text";
import { Swatch } from "./textures";

/** All that a bar says: its parts, the dearest on top, what is not settled, and what is unusual. */
export function ChartTooltip({ row, series }: { row: ChartRow; series: ChartSeries[] }) {
  const { label, amount, parts, forecast, isEstimated, unreadDays, anomalies } = row;
  return (
    <div className="flex max-w-80 flex-col gap-1 rounded-md border bg-raised px-3 py-2 text-xs text-ink figures shadow-lift">
      <Line name={<span className="font-medium">{label}</span>}>
        <span className="font-medium">{amount === null && forecast ? "" : moneyText(amount)}</span>
      </Line>
      {amount !== null &&
        series.map(({ key, label: name, color, isOther }, at) => (
          <Line
            key={key}
            name={
              <span className="flex min-w-0 items-center gap-1.5">
                <Swatch id={`tip-${at}`} at={at} color={color} isOther={isOther} />
                <span className="truncate">{name}</span>
              </span>
            }
          >
            {moneyText(parts[at] ?? null)}
          </Line>
        ))}
      {forecast && (
        <Line name="Forecast">
          {moneyText(forecast.mean)} ({moneyText(forecast.low)} to {moneyText(forecast.high)})
        </Line>
      )}
      {isEstimated && <p className="text-muted">Estimated: AWS may still restate it.</p>}
      {unreadDays > 0 && <p className="text-warn">{plural(unreadDays, "day")} not read in every account.</p>}
      {anomalies.map(({ service, accountName, over }) => (
        <p key={`${service} ${accountName}`} className="text-warn">
          {service} in {accountName}: {moneyText(over)} over expectation
        </p>
      ))}
    </div>
  );
}

function Line({ name, children }: { name: ReactNode; children: ReactNode }) {
  return (
    <div className="flex items-baseline justify-between gap-4">
      <span className="min-w-0 truncate">{name}</span>
      <span className="shrink-0">{children}</span>
    </div>
  );
}
