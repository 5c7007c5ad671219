import type { GetCostAndUsageCommandInput, ResultByTime } from "@aws-sdk/client-cost-explorer";
import { amountOf, type CostHistory, type CostSeries } from "../costs";
import { invalid, keyOf, matches } from "./cost-filter";

const DAY_MS = 86_400_000;
const metrics: Record<string, (series: CostSeries) => bigint[]> = {
  UnblendedCost: (series) => series.daily,
  AmortizedCost: (series) => series.amortized,
};

/** What was spent, period by period: `Start` is included, `End` is not, both are UTC days. */
export function costByPeriod(history: CostHistory, input: GetCostAndUsageCommandInput, today: Date): ResultByTime[] {
  const { TimePeriod, Granularity = "MONTHLY", GroupBy = [], Metrics = [], Filter } = input;
  const start = dayOf(TimePeriod?.Start);
  const end = dayOf(TimePeriod?.End);
  if (start >= end) throw invalid("Start date (and hour) should be before end date (and hour)");
  if (start < history.firstDay.getTime()) throw invalid("You haven't enabled historical data beyond 14 months");
  if (GroupBy.length > 2) throw invalid("GroupBy takes at most 2 definitions");
  if (Metrics.length === 0) throw invalid("Metrics must not be empty");
  const keys = GroupBy.map(keyOf);

  const meant = history.series.filter((series) => matches(Filter, series));
  const amounts = Metrics.map((metric) => metrics[metric] ?? notSimulated(metric));

  return periods(start, end, Granularity).map(([from, to]) => {
    const groups = new Map<string, { Keys: string[]; totals: bigint[] }>();
    const all = Metrics.map(() => 0n);
    for (const series of meant) {
      const totals = amounts.map((of) => sum(history, of(series), from, to));
      if (totals.every((total) => total === 0n)) continue;
      const Keys = keys.map((key) => key(series));
      const name = Keys.join("\n");
      const group = groups.get(name) ?? { Keys, totals: Metrics.map(() => 0n) };
      groups.set(name, group);
      totals.forEach((total, at) => {
        all[at]! += total;
        group.totals[at]! += total;
      });
    }
    const told = (totals: bigint[]) =>
      Object.fromEntries(Metrics.map((metric, at) => [metric, { Amount: amountOf(totals[at]!), Unit: "USD" }]));
    return {
      TimePeriod: { Start: text(from), End: text(to) },
      // AWS restates the last two days; a month that holds one of them is not final either.
      Estimated: to > today.getTime() - DAY_MS,
      ...(keys.length > 0
        ? { Groups: [...groups.values()].map(({ Keys, totals }) => ({ Keys, Metrics: told(totals) })), Total: {} }
        : { Groups: [], Total: told(all) }),
    };
  });
}

function notSimulated(metric: string): never {
  throw invalid(`Metric ${metric} is not simulated; these are: ${Object.keys(metrics).join(", ")}`);
}

function sum({ firstDay, days }: CostHistory, daily: bigint[], from: number, to: number): bigint {
  const first = Math.max(0, (from - firstDay.getTime()) / DAY_MS);
  const end = Math.min(days, (to - firstDay.getTime()) / DAY_MS);
  let total = 0n;
  for (let day = first; day < end; day++) total += daily[day]!;
  return total;
}

/** Days, or calendar months cut to the range that was asked for. */
function periods(start: number, end: number, granularity: string): [from: number, to: number][] {
  if (granularity !== "DAILY" && granularity !== "MONTHLY") throw invalid(`${granularity} data is not enabled`);
  const list: [number, number][] = [];
  for (let from = start; from < end;) {
    const date = new Date(from);
    const next = granularity === "DAILY" ? from + DAY_MS : Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
    list.push([from, Math.min(next, end)]);
    from = next;
  }
  return list;
}

/** Midnight UTC of `YYYY-MM-DD`. */
export function dayOf(day: string | undefined): number {
  const time = /^\d{4}-\d\d-\d\d$/.test(day ?? "") ? Date.parse(`${day}T00:00:00Z`) : NaN;
  if (Number.isNaN(time)) throw invalid(`${day} is not a date of the form YYYY-MM-DD`);
  return time;
}

export function text(day: number): string {
  return new Date(day).toISOString().slice(0, 10);
}
