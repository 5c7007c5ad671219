import { Details } from "@/components/ui/details";
import type { CostGranularity } from "@/server/cost/views";
import type { ChartRow } from "./chart-rows";
import type { ChartSeries } from "./chart-series";
import { longDayText, monthText } from "./day-text";
import { moneyText } from "./money-text";

interface ChartTableProps {
  rows: ChartRow[];
  series: ChartSeries[];
  granularity: CostGranularity;
}

/** The chart's figures as a table: closed until it is asked for. */
export function ChartTable({ rows, series, granularity }: ChartTableProps) {
  const name = granularity === "DAILY" ? longDayText : monthText;
  return (
    <Details
      className="text-xs"
      summaryClassName="w-fit rounded-sm text-muted underline underline-offset-4"
      summary="The chart as a table"
    >
      <div tabIndex={0} role="region" aria-label="The chart as a table" className="mt-2 max-h-80 overflow-auto">
        <table className="w-full border-separate border-spacing-0 whitespace-nowrap figures">
          <thead>
            <tr className="text-muted *:sticky *:top-0 *:border-b *:bg-surface *:px-2 *:py-1 *:font-medium">
              <th scope="col" className="text-left">
                {granularity === "DAILY" ? "Day (UTC)" : "Month (UTC)"}
              </th>
              <th scope="col" className="text-right">
                Total
              </th>
              {series.map(({ key, label }) => (
                <th key={key} scope="col" className="text-right">
                  {label}
                </th>
              ))}
              <th scope="col" className="text-right">
                Forecast (80% interval)
              </th>
              <th scope="col" className="text-left">
                Remarks
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.start} className="*:border-b *:px-2 *:py-1">
                <th scope="row" className="text-left font-normal">
                  {name(row.start)}
                </th>
                <td className="text-right font-medium">{moneyText(row.amount)}</td>
                {series.map(({ key }, at) => (
                  <td key={key} className="text-right">
                    {moneyText(row.parts[at] ?? null)}
                  </td>
                ))}
                <td className="text-right">
                  {row.forecast &&
                    `${moneyText(row.forecast.mean)} (${moneyText(row.forecast.low)} to ${moneyText(row.forecast.high)})`}
                </td>
                <td>{remarks(row)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Details>
  );
}

function remarks({ isEstimated, unreadDays, anomalies }: ChartRow): string {
  return [
    isEstimated && "estimated",
    unreadDays > 0 && "not read in every account",
    ...anomalies.map(({ service, over }) => `${service} ${moneyText(over)} over expectation`),
  ]
    .filter(Boolean)
    .join(", ");
}
