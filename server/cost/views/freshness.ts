/** Pure: how current costs are, and what asking for them has cost. */

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

/** What a person's wish for newer figures came to, an account at a time. */
export interface CostRefreshRequest {
  accountId: string;
  name: string;
  isQueued: boolean;
  /** Why it is not queued, or when it will be read. */
  reason: string | null;
  nextAt: Date | null;
}

export interface CostLedgerView {
  /** `2026-11` */
  month: string;
  requests: number;
  dollars: string;
  /** Every connected account, and those that were asked this month and are connected no longer. */
  accounts: {
    awsAccountId: string;
    accountId: string | null;
    name: string;
    requests: number;
    dollars: string;
    capUsd: string | null;
  }[];
  /** How many rows the month has. */
  rowsTotal: number;
  /** The newest 200 of them. */
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
