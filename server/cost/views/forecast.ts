/** Pure: what is to come, and how earlier forecasts have done. */
import type { CostMetric } from "../input";
import type { CostFreshness } from "./freshness";

/** An estimate with its 80 % interval. */
export interface CostEstimate {
  mean: string;
  low: string;
  high: string;
}

export interface CostForecastDay extends CostEstimate {
  day: string;
}

export interface CostMonthEnd extends CostEstimate {
  /** `2026-11` */
  month: string;
  actual: string;
  rest: string;
  /** Days of `actual` that AWS may still restate, and what of it is theirs. */
  estimatedDays: number;
  estimatedAmount: string;
}

export interface CostForecastView {
  metric: CostMetric;
  unit: "USD";
  level: number;
  /** From today on; empty with `reason` where there is too little history. */
  days: CostForecastDay[];
  reason: string | null;
  monthEnd: CostMonthEnd | null;
  confidence: { level: "low" | "medium" | "high"; because: string; definition: string; wape: number | null } | null;
  /** Accounts that are read no longer: nothing of theirs is forecast, and the month's end has what was read of it. */
  leftOut: string[];
  /** AWS's own, of unblended cost; `days` is null with `reason` where AWS has none or it cannot be told for this choice. */
  aws: { days: CostForecastDay[] | null; monthEnd: CostEstimate | null; reason: string | null; madeAt: string | null };
  /** Of unblended cost, whichever metric is asked for, as of each account's last refresh; at most 200 lines of `scorecardTotal`. */
  scorecard: CostScore[];
  scorecardTotal: number;
  freshness: CostFreshness;
}

/** How the kept forecasts of one account have done, those of days and those of months' ends apart. Rates are 0 to 1. */
export interface CostScore {
  source: "AWS" | "LOCAL";
  of: "DAY" | "MONTH_END";
  /** Null for everything that a payer is told of. */
  awsAccountId: string | null;
  name: string;
  judged: number;
  pending: number;
  /** The share of the judged whose interval held what came. Here and below, what was forecast twice on one day weighs once. */
  hitRate: number | null;
  /** All misses over all dollars; of a month's end, over what was still to come when it was forecast. */
  wape: number | null;
}
