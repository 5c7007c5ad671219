/** Pure: what a range cost, and its parts. */
import type { CostGranularity, CostMetric } from "../input";
import type { CostFreshness } from "./freshness";

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
