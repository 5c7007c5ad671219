/** Pure: what a person should look at: anomalies, budgets, spend that no inventory sees. */
import type { Anomaly } from "../figures/anomalies";
import type { CostEstimate } from "./forecast";
import type { CostFreshness } from "./freshness";
import type { CostRange } from "./summary";

/** Of one account, amounts with two decimals. */
export interface CostAnomaly extends Anomaly {
  awsAccountId: string;
  accountName: string;
  dismissal: { id: string; reason: string; dismissedAt: Date } | null;
}

export interface CostAnomaliesView {
  /** Anomalies that ended on this day or later are told. */
  since: string;
  unit: "USD";
  anomalies: CostAnomaly[];
  freshness: CostFreshness;
}

export type BudgetStatus = "ok" | "atRisk" | "over" | "unknown";

export interface BudgetView {
  id: string;
  name: string;
  scope: "ALL" | "ACCOUNT" | "SERVICE";
  awsAccountId: string | null;
  service: string | null;
  /** What it is for, in words: an account's name, a service, "Everything". */
  label: string;
  amount: string;
  month: string;
  /** Month to date; null where nothing was read. */
  actual: string | null;
  /** Accounts that were never read, or not for a week: what they cost is not in `actual`, or as far as it was read alone. */
  leftOut: string[];
  /** Of the budget, in percent. */
  used: number | null;
  forecast: CostEstimate | null;
  /** over: already spent · atRisk: the estimate is over · unknown: not read */
  status: BudgetStatus;
}

export interface BudgetsView {
  budgets: BudgetView[];
  unit: "USD";
  freshness: CostFreshness;
}

export type UnseenWhy =
  /** spend of a linked account that is not connected */
  | "accountNotConnected"
  /** no inventory was ever read in this region */
  | "regionNotScanned"
  /** inventory could not read what the service has here, or anything of the region */
  | "notRead"
  /** inventory looked and found nothing */
  | "noResource"
  /** no resource type of this service is in the inventory */
  | "notInventoried";

export interface UnseenSpend {
  why: UnseenWhy;
  /** One sentence: what is not seen, and what to do. */
  message: string;
  awsAccountId: string | null;
  accountId: string | null;
  accountName: string | null;
  region: string | null;
  service: string | null;
  amount: string;
}

export interface UnseenSpendView {
  range: CostRange;
  unit: "USD";
  /** The dearest first. Two lines may tell of the same dollars from two sides, so they are not summed. */
  rows: UnseenSpend[];
  /** What could not be judged by service, or only for several accounts together; null where each was. */
  reason: string | null;
  freshness: CostFreshness;
}
