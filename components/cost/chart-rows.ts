/** Pure: the summary, its forecast and its anomalies as the chart's rows. Numbers here are lengths to draw, nothing is summed. */
import type { CostAnomaly, CostForecastView, CostSummaryView } from "@/server/cost/views";
import { addDays, dayText, shortMonthText } from "./day-text";
import { drawn } from "./money-text";

export interface ChartRow {
  /** The bucket's first day. */
  start: string;
  label: string;
  amount: string | null;
  isEstimated: boolean;
  unreadDays: number;
  /** A layer's amounts, in the order of the layers. */
  parts: (string | null)[];
  /** What to draw of them. */
  lengths: (number | null)[];
  forecast: { mean: string; low: string; high: string } | null;
  mean: number | null;
  band: [number, number] | null;
  anomalies: CostAnomaly[];
}

interface ChartFacts {
  summary: Pick<CostSummaryView, "granularity" | "series" | "layers" | "range">;
  forecast: Pick<CostForecastView, "days" | "monthEnd"> | undefined;
  anomalies: CostAnomaly[];
}

/** A row a bucket; after the last one, where the range reaches the present, the days that are forecast. */
export function chartRows({ summary, forecast, anomalies }: ChartFacts): ChartRow[] {
  const { granularity, series, layers, range } = summary;
  const isDaily = granularity === "DAILY";
  const rows = series.map(({ start, end, amount, isEstimated, unreadDays }, at): ChartRow => {
    const parts = layers.map((layer) => layer.amounts[at] ?? null);
    return {
      ...unforecast(start, isDaily),
      amount,
      isEstimated,
      unreadDays,
      parts,
      lengths: parts.map(drawn),
      anomalies: anomalies.filter(({ days }) => days.some(({ day }) => day >= start && day < end)),
    };
  });
  if (!forecast) return rows;
  if (!isDaily) return withMonthEnd(rows, forecast);
  const [first] = forecast.days;
  // A range that ended before says nothing of what comes.
  if (!first || addDays(range.lastDay, 1) < first.day) return rows;
  // What comes takes no more room than what was.
  for (const day of forecast.days.slice(0, range.days)) {
    const known = rows.find(({ start }) => start === day.day);
    if (known) Object.assign(known, forecastOf(day));
    else rows.push({ ...unforecast(day.day, isDaily), ...forecastOf(day) });
  }
  return rows;
}

/** The running month's bar carries where it will likely end. */
function withMonthEnd(rows: ChartRow[], { monthEnd }: Pick<CostForecastView, "monthEnd">): ChartRow[] {
  return rows.map((row) =>
    monthEnd && row.start === `${monthEnd.month}-01` ? { ...row, ...forecastOf(monthEnd) } : row,
  );
}

function forecastOf({ mean, low, high }: { mean: string; low: string; high: string }) {
  return {
    forecast: { mean, low, high },
    mean: drawn(mean),
    band: [drawn(low) ?? 0, drawn(high) ?? 0] as [number, number],
  };
}

function unforecast(start: string, isDaily: boolean): ChartRow {
  return {
    start,
    label: isDaily ? dayText(start) : shortMonthText(start),
    amount: null,
    isEstimated: false,
    unreadDays: 0,
    parts: [],
    lengths: [],
    forecast: null,
    mean: null,
    band: null,
    anomalies: [],
  };
}
