import { amountOf, costHistory } from "./costs";
import type { World } from "./world";

export interface CostTruth {
  /** Of each account, what each UTC day cost: `[UnblendedCost, AmortizedCost]`, ten decimals. */
  accounts: Record<string, Record<string, [unblended: string, amortized: string]>>;
}

/** What everything costs, summed from the world itself and never from what a handler answered. */
export function costTruth(world: World): CostTruth {
  const { firstDay, series } = costHistory(world);
  const sums: Record<string, Record<string, [bigint, bigint]>> = {};
  for (const { account, daily, amortized } of series) {
    const days = (sums[account] ??= {});
    daily.forEach((unblended, at) => {
      const day = new Date(firstDay.getTime() + at * 86_400_000).toISOString().slice(0, 10);
      const sum = (days[day] ??= [0n, 0n]);
      sum[0] += unblended;
      sum[1] += amortized[at]!;
    });
  }
  const written = (days: Record<string, [bigint, bigint]>) =>
    Object.fromEntries(
      Object.entries(days).map(([day, [a, b]]) => [day, [amountOf(a), amountOf(b)] as [string, string]]),
    );
  return { accounts: Object.fromEntries(Object.entries(sums).map(([account, days]) => [account, written(days)])) };
}
