import { amountOf, costHistory, type CostHistory, type CostSeries } from "./costs";
import type { World } from "./world";

/** By UTC day: `[UnblendedCost, AmortizedCost]`, ten decimals. */
type Days = Record<string, [unblended: string, amortized: string]>;

export interface CostTruth {
  accounts: Record<string, Days>;
  services: Record<string, Days>;
}

/** What every account and every service costs, summed from the world itself and never from what a handler answered. */
export function costTruth(world: World): CostTruth {
  const history = costHistory(world);
  return {
    accounts: sumsOf(history, ({ account }) => account),
    services: sumsOf(history, ({ service }) => service),
  };
}

function sumsOf({ firstDay, series }: CostHistory, key: (of: CostSeries) => string): Record<string, Days> {
  const sums: Record<string, Record<string, [bigint, bigint]>> = {};
  for (const each of series) {
    const days = (sums[key(each)] ??= {});
    each.daily.forEach((unblended, at) => {
      const day = new Date(firstDay.getTime() + at * 86_400_000).toISOString().slice(0, 10);
      const sum = (days[day] ??= [0n, 0n]);
      sum[0] += unblended;
      sum[1] += each.amortized[at]!;
    });
  }
  const written = (days: Record<string, [bigint, bigint]>): Days =>
    Object.fromEntries(Object.entries(days).map(([day, [a, b]]) => [day, [amountOf(a), amountOf(b)]]));
  return Object.fromEntries(Object.entries(sums).map(([name, days]) => [name, written(days)]));
}
