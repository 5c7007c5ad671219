/** Pure: the overview page's part. */
import type { CostMonthEnd } from "./forecast";
import type { CostFreshness } from "./freshness";
import type { CostChange, CostMovers } from "./trends";

export interface CostOverview {
  unit: "USD";
  month: string;
  /** null: nothing of the month was read */
  monthToDate: string | null;
  /** What the whole days of the month so far are compared with: the same days of the month before. On a month's first day the last two whole months are compared. */
  sameDaysLastMonth: string | null;
  change: CostChange | null;
  lastMonth: string | null;
  monthEnd: CostMonthEnd | null;
  confidence: "low" | "medium" | "high" | null;
  /** Accounts that are read no longer: in the month to date as far as it was read, in the estimate no farther, in no comparison. */
  leftOut: string[];
  movers: CostMovers;
  /** The last two years' months that were read with this one, the oldest first; months stay when AWS has forgotten their days. */
  months: { month: string; amount: string }[];
  budgets: { over: number; atRisk: number };
  anomalies: number;
  freshness: CostFreshness;
}
