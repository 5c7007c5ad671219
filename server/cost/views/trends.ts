/** Pure: one period against another. */
import type { CompareWith, CostGranularity, CostMetric } from "../input";
import type { CostFreshness } from "./freshness";
import type { CostRange } from "./summary";

export type CostDirection = "increase" | "decrease" | "flat";

export interface CostChange {
  amount: string;
  /** In percent with two decimals; null where what was before is not positive: then there is no sane percentage. */
  percent: number | null;
  direction: CostDirection;
}

export interface CostMover {
  key: string;
  label: string;
  current: string;
  previous: string;
  change: CostChange;
}

/** At most five each way, the largest change in dollars first. */
export interface CostMovers {
  up: CostMover[];
  down: CostMover[];
}

export interface CostTrendsView {
  metric: CostMetric;
  unit: "USD";
  granularity: CostGranularity;
  compareWith: CompareWith;
  /** The days of the asked range that are over. */
  current: { range: CostRange; amount: string | null };
  previous: { range: CostRange; amount: string | null };
  /** null where one of the two was not read */
  change: CostChange | null;
  /** The range is today alone, which is not over: it grows, and stands against a whole day. */
  isRunning: boolean;
  /** Days of either range that were not read: the comparison is then of unlike things. */
  unreadDays: number;
  /** Accounts that were not read to the end of the range: in neither of the two amounts. */
  leftOut: string[];
  movers: { services: CostMovers; accounts: CostMovers };
  freshness: CostFreshness;
}
