/**
 * What the cost room tells its doors: plain data that crosses the wire through superjson (Dates stay Dates). Days are UTC,
 * `2026-11-24`; the end of a range is exclusive. Amounts are dollars as decimal strings with two decimals, and displayed
 * parts sum to their displayed total. Null is what was not read, never a zero.
 */
export type { CostMetric, CostGranularity, CompareWith } from "./input";
import type { CompareWith, CostGranularity, CostMetric } from "./input";

export interface CostRange {
  start: string;
  /** exclusive */
  end: string;
  /** The last day that is in it. */
  lastDay: string;
  days: number;
}

/** A part of a total. `share` is in percent with one decimal; the shares sum to 100, and are null where the total is not positive. */
export interface CostPart {
  key: string;
  label: string;
  amount: string;
  share: number | null;
}

export interface CostAccountPart extends CostPart {
  awsAccountId: string;
  /** Our row; null where the account is known through its payer alone. */
  accountId: string | null;
}

export interface CostServicePart extends CostPart {
  accounts: CostAccountPart[];
  /** Null where AWS was not asked for regions by service of just these accounts: see `regionsByService`. */
  regions: CostPart[] | null;
}

export interface CostBucket {
  start: string;
  /** exclusive */
  end: string;
  /** null: none of its days was read */
  amount: string | null;
  /** AWS may still restate one of its days. */
  isEstimated: boolean;
  /** Days of it that were not read, today's rest not counted. */
  unreadDays: number;
}

/** One colour of the stacked chart: an amount a bucket, in the order of the buckets. */
export interface CostLayer {
  key: string;
  label: string;
  /** Everything that has no layer of its own. */
  isOther: boolean;
  amounts: (string | null)[];
}

/** A day that AWS told differently after it had been over. `moved` is the difference over all restatements of it. */
export interface CostRestatedDay {
  day: string;
  moved: string;
  restatedAt: Date;
}

export interface CostSummaryView {
  range: CostRange;
  granularity: CostGranularity;
  metric: CostMetric;
  unit: "USD";
  /** null: no day of the range was read */
  total: string | null;
  /** The dearest first, here and in the lists below. */
  services: CostServicePart[];
  accounts: CostAccountPart[];
  /** Null where they are not known for this choice; `regionsReason` says why. */
  regions: CostPart[] | null;
  regionsReason: string | null;
  series: CostBucket[];
  /** At most six services and "other". */
  layers: CostLayer[];
  restated: CostRestatedDay[];
  freshness: CostFreshness;
}

export type CostAccountState =
  /** read, and not older than the schedule allows */
  | "fresh"
  | "stale"
  /** a refresh runs */
  | "reading"
  /** never read yet, due soon */
  | "waiting"
  /** told by its payer, which is connected too */
  | "covered"
  /** the month's cap is reached: refreshes wait */
  | "capped"
  /** the role, an SCP or the payer's preference says no */
  | "barred"
  /** Cost Explorer was never enabled */
  | "notEnabled"
  /** AWS has no data yet */
  | "noData"
  | "failing"
  | "paused";

export interface CostAccount {
  accountId: string;
  awsAccountId: string;
  name: string;
  state: CostAccountState;
  /** One sentence: what is wrong or to be known, and what to do; null when all is well. */
  reason: string | null;
  /** The policy statement to add, where a missing permission is the reason. */
  statement: string | null;
  /** When its costs were last read, by itself or by its payer. */
  asOf: Date | null;
  coveredBy: { accountId: string; awsAccountId: string; name: string } | null;
  nextAt: Date | null;
  /** The running refresh: requests answered so far; null where none runs. */
  pagesRead: number | null;
  requestsThisMonth: number;
  dollarsThisMonth: string;
  capUsd: string;
}

/** "As of 06:10 · 3 of 4 accounts · last 2 days estimated · asked 8 times this month, $0.08" */
export interface CostFreshness {
  /** The oldest last read of the accounts in question; null while none was read. */
  asOf: Date | null;
  isStale: boolean;
  accountsRead: number;
  accountsTotal: number;
  /** The newest day that was read. */
  lastDay: string | null;
  /** Days that AWS may still restate, in order. */
  estimatedDays: string[];
  askedThisMonth: number;
  dollarsThisMonth: string;
  accounts: CostAccount[];
}

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

export interface CostTrendsView {
  metric: CostMetric;
  unit: "USD";
  granularity: CostGranularity;
  compareWith: CompareWith;
  current: { range: CostRange; amount: string | null };
  previous: { range: CostRange; amount: string | null };
  /** null where one of the two was not read */
  change: CostChange | null;
  /** Days of either range that were not read: the comparison is then of unlike things. */
  unreadDays: number;
  movers: { services: CostMovers; accounts: CostMovers };
  freshness: CostFreshness;
}

/** At most five each way, the largest change in dollars first. */
export interface CostMovers {
  up: CostMover[];
  down: CostMover[];
}

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
}

export interface CostForecastView {
  unit: "USD";
  level: number;
  /** From today on; empty with `reason` where there is too little history. */
  days: CostForecastDay[];
  reason: string | null;
  monthEnd: CostMonthEnd | null;
  confidence: { level: "low" | "medium" | "high"; because: string; wape: number | null } | null;
  /** AWS's own; `days` is null with `reason` where AWS has none or it cannot be told for this choice. */
  aws: { days: CostForecastDay[] | null; monthEnd: CostEstimate | null; reason: string | null; madeAt: string | null };
  scorecard: CostScore[];
  freshness: CostFreshness;
}

/** How the kept forecasts of one account have done. Rates are 0 to 1. */
export interface CostScore {
  source: "AWS" | "LOCAL";
  /** Null for everything that a payer is told of. */
  awsAccountId: string | null;
  name: string;
  judged: number;
  pending: number;
  hitRate: number | null;
  wape: number | null;
}

export interface CostAnomaly {
  awsAccountId: string;
  accountName: string;
  service: string;
  firstDay: string;
  lastDay: string;
  amount: string;
  expected: string;
  /** What it cost over expectation: what anomalies are ranked by. */
  over: string;
  isEstimated: boolean;
  days: { day: string; amount: string; expected: string; over: string }[];
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

export interface CostLedgerView {
  /** `2026-11` */
  month: string;
  requests: number;
  dollars: string;
  accounts: {
    awsAccountId: string;
    accountId: string | null;
    name: string;
    requests: number;
    dollars: string;
    capUsd: string | null;
  }[];
  /** The newest 200 of the month. */
  rows: {
    id: string;
    askedAt: Date;
    awsAccountId: string;
    operation: string;
    purpose: string;
    requests: number;
    dollars: string;
    failureCode: string | null;
  }[];
}

export type UnseenWhy =
  /** spend of a linked account that is not connected */
  | "accountNotConnected"
  /** no inventory was ever read in this region */
  | "regionNotScanned"
  /** inventory could not read what the service has here */
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
  freshness: CostFreshness;
}

/** What a person's wish for newer figures came to, an account at a time. */
export interface CostRefreshRequest {
  accountId: string;
  name: string;
  isQueued: boolean;
  /** Why it is not queued, or when it will be read. */
  reason: string | null;
  nextAt: Date | null;
}

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
  movers: CostMovers;
  /** The last two years' months that were read with this one, the oldest first; months stay when AWS has forgotten their days. */
  months: { month: string; amount: string }[];
  budgets: { over: number; atRisk: number };
  anomalies: number;
  freshness: CostFreshness;
}
