import { z } from "zod";
import { dollars, sum } from "../cost/money";
import type { CostForecastView, CostFreshness, CostRange, CostTrendsView } from "../cost/views";
import { time } from "./completeness";

export const money = z.string().nullable().meta({ description: "Dollars with two decimals; null: not read." });
export const percent = z.number().nullable();

export const costRead = z
  .object({
    asOf: time.nullable().meta({ description: "The oldest last read of the accounts in question." }),
    isStale: z.boolean(),
    accountsRead: z.int(),
    accountsTotal: z.int(),
    estimatedDays: z.array(z.iso.date()).meta({ description: "Days that AWS may still restate." }),
    gaps: z.array(z.object({ accountId: z.string(), state: z.string(), reason: z.string() })).meta({
      description: "Accounts whose costs are not all there, and what to do.",
    }),
  })
  .meta({ id: "CostCompleteness" });

export function presentFreshness(freshness: CostFreshness): z.output<typeof costRead> {
  const { asOf, isStale, accountsRead, accountsTotal, estimatedDays, accounts } = freshness;
  return {
    ...{ asOf: asOf?.toISOString() ?? null, isStale, accountsRead, accountsTotal, estimatedDays },
    gaps: accounts.flatMap(({ awsAccountId, state, reason }) =>
      reason ? [{ accountId: awsAccountId, state, reason }] : [],
    ),
  };
}

const period = z.object({ amount: money, unit: z.string(), period: z.string() });

export const trends = z.object({
  current: period,
  previous: period,
  trend: z.object({
    changeAmount: money,
    changePercent: percent,
    direction: z.enum(["increase", "decrease", "flat"]).nullable().meta({
      description: "null where one of the two was not read.",
    }),
  }),
  forecast: z.object({
    nextPeriodEstimate: money,
    confidence: z.enum(["low", "medium", "high"]).nullable().meta({
      description: "By how well this very series was forecast before.",
    }),
    reason: z.string().nullable().meta({ description: "Why there is no estimate." }),
  }),
  completeness: costRead,
});

export function presentTrends(found: CostTrendsView, forecast: CostForecastView | null): z.output<typeof trends> {
  const { current, previous, change, unit, freshness } = found;
  const told = ({ range, amount }: { range: CostRange; amount: string | null }) => ({
    ...{ amount, unit, period: `${range.start} to ${range.lastDay}` },
  });
  const days = forecast?.days ?? [];
  return {
    current: told(current),
    previous: told(previous),
    trend: {
      changeAmount: change?.amount ?? null,
      changePercent: change?.percent ?? null,
      direction: change?.direction ?? null,
    },
    forecast: {
      nextPeriodEstimate: days.length > 0 ? dollars(sum(days.map(({ mean }) => mean))) : null,
      confidence: forecast?.confidence?.level ?? null,
      reason: forecast ? forecast.reason : "A forecast reaches 92 days at most.",
    },
    completeness: presentFreshness(freshness),
  };
}
