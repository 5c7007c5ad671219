/** What the accounts room tells its doors: plain data that crosses the wire through superjson (Dates stay Dates). */
import type { FailureKind } from "../aws/failure";

/** connected: all read · scanning: a sync runs · limited: something could not be read · error: the role cannot be used · paused by a person */
export type AccountStatus = "connected" | "scanning" | "limited" | "error" | "paused";

export interface AccountSummary {
  id: string;
  awsAccountId: string;
  name: string;
  roleArn: string;
  region: string;
  status: AccountStatus;
  /** One sentence a person understands: what is missing or wrong; null when all is well. */
  statusReason: string | null;
  createdAt: Date;
  pausedAt: Date | null;
  /** Sums over what was read; `null` where nothing was ever read (never a zero for the unread). */
  resourceCount: number | null;
  regionsEnabled: number | null;
  completeness: Completeness;
  lastSyncedAt: Date | null;
  checkedAt: Date | null;
  /** Live sync, if one is running. */
  sync: SyncProgress | null;
}

/** Of the cells that a figure counts: how many were read, and the oldest read. */
export interface Completeness {
  cellsTotal: number;
  cellsRead: number;
  cellsFailing: number;
  /** Accounts that could not be entered the last time: what they hold may be more, less or older than what is counted. */
  accountsFailing: number;
  /** Accounts that were not entered yet: their cells are in no figure, as nobody knows how many there are. */
  accountsWaiting: number;
  /** Something that the figure should count could not be read, or was not yet. */
  isPartial: boolean;
  /** The oldest of the last successes that are counted; null when a cell was never read or there is none. */
  asOf: Date | null;
  /** Two syncs should have replaced the oldest read that is counted, or the last attempt to replace a read failed. */
  isStale: boolean;
  /** Grouped reasons, worst first. */
  gaps: Gap[];
}

export interface Gap {
  accountId: string;
  awsAccountId: string;
  accountName: string;
  /** What could not be read: a type's resources, the tags of what was read, a region since disabled, or the account as a whole. */
  subject: "resources" | "tags" | "region" | "account";
  kind: FailureKind;
  /** The resource type; null unless the gap is in `resources`. */
  type: string | null;
  /** Up to all regions in which it fails; none where it is the account as a whole. */
  regions: string[];
  code: string;
  message: string;
  action: string | null;
  /** The JSON policy statement to add, pretty-printed, where an action is known and a statement would grant it. */
  statement: string | null;
  /** The kind of policy that denies it whatever the role's own say, such as "service control policy". */
  refusedBy: string | null;
  /** The last time that these cells were read, if ever (the oldest). */
  lastSuccessAt: Date | null;
}

export interface SyncProgress {
  runId: string;
  accountId: string;
  trigger: "CONNECT" | "MANUAL" | "SCHEDULE";
  state: "RUNNING" | "COMPLETE" | "PARTIAL" | "FAILED" | "CANCELLED";
  /** null = every enabled region */
  region: string | null;
  startedAt: Date;
  finishedAt: Date | null;
  /** Null while the regions are still being discovered. */
  cellsTotal: number | null;
  cellsDone: number;
  cellsFailed: number;
  resourcesSeen: number;
  appeared: number;
  changed: number;
  gone: number;
  /** What is slow: the longest-running cells right now. */
  slow: { type: string; region: string; sinceSeconds: number }[];
  failure: string | null;
}

export interface AccountDetail extends AccountSummary {
  externalId: string;
  check: ConnectionCheck | null;
  cells: CellView[];
  runs: SyncProgress[];
  syncIntervalMinutes: number;
  nextSyncAt: Date | null;
}

export interface CellView {
  id: string;
  type: string;
  region: string;
  state: "QUEUED" | "RUNNING" | "OK" | "FAILED" | "IDLE";
  resourceCount: number | null;
  lastSuccessAt: Date | null;
  lastAttemptAt: Date | null;
  durationMs: number | null;
  failure: { kind: FailureKind; code: string; message: string; action: string | null; statement: string | null } | null;
}

export type ProbeResult = "allowed" | "denied" | "notEnabled" | "unknown";

export interface ConnectionCheck {
  checkedAt: Date;
  /** The trust half; a role that accepts a missing or wrong ExternalId is refused. */
  trust: {
    withIssuedId: "accepted" | "refused" | "unavailable";
    withoutId: "refused" | "accepted" | "unavailable";
    withWrongId: "refused" | "accepted" | "unavailable";
    callerArn: string | null;
    callerAccount: string | null;
    problem: string | null;
    fix: string | null;
  };
  features: {
    feature: "identity" | "inventory" | "drift" | "billing";
    label: string;
    probes: {
      action: string;
      result: ProbeResult;
      /** How it is known: `call` (AWS answered the real call) or `simulation` (iam:SimulatePrincipalPolicy). */
      by: "call" | "simulation" | "none";
      message: string | null;
      statement: string | null;
    }[];
  }[];
  policy: { current: string; found: string | null; isOutdated: boolean | null; note: string | null };
}

/** Everything a person needs to make the role, four ways. */
export interface RolePack {
  externalIdId: string;
  externalId: string;
  awsAccountId: string;
  name: string;
  region: string;
  principalArn: string;
  roleName: string;
  suggestedRoleArn: string;
  quickCreateUrl: string | null;
  /** Why there is no quick-create link. */
  quickCreateReason: string | null;
  templateFileName: string;
  template: string;
  cli: string;
  terraform: string;
  trustPolicy: string;
  policies: {
    feature: "inventory" | "drift" | "billing";
    name: string;
    version: string;
    document: string;
    actions: string[];
  }[];
  usedAt: Date | null;
}

/** How many rows are kept of an account. */
export interface AccountHoldings {
  resources: number;
  scanCells: number;
  syncRuns: number;
  detections: number;
  costRows: number;
}

export interface DisconnectPreview {
  accountId: string;
  awsAccountId: string;
  name: string;
  roleArn: string;
  willDelete: AccountHoldings;
}

export interface DisconnectReceipt extends DisconnectPreview {
  deletedAt: Date;
  deleted: AccountHoldings;
  /** Read back after the deletion: all zero. */
  remaining: AccountHoldings & { accounts: number };
  /** This process holds none any more. Other processes know nothing of it: what they hold expires within the hour. */
  credentialsDropped: boolean;
  externalIdRetired: boolean;
}
