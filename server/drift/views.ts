/** What the drift room tells its doors: plain data that crosses the wire through superjson (Dates stay Dates). */
import type { FailureKind } from "../aws/failure";
import type { Json } from "../aws/collectors/define";
import type { ConsoleLink } from "./console-links";

/** AWS's own words are kept as AWS sends them, as it adds new ones. A stack: DRIFTED, IN_SYNC, UNKNOWN or NOT_CHECKED. */
export type AwsWord = string;

/** From an opened port down to a changed tag; see the table in `severity.ts`. */
export type DriftSeverity = "CRITICAL" | "HIGH" | "MEDIUM" | "LOW";

/**
 * CloudGuard's own conclusion, which AWS's one word does not give:
 * - DRIFTED: something differs that no rule ignores
 * - ALL_IGNORED: whatever differs is ignored by a rule
 * - IN_SYNC: all that can be checked was checked, and is in sync; the only green one
 * - PARTIAL: nothing differs so far, but some of what could be checked was not
 * - NOTHING_CHECKABLE: no resource of the stack supports detection (AWS calls this IN_SYNC)
 * - UNVERIFIED: AWS says IN_SYNC or UNKNOWN from a detection that CloudGuard has not seen, so what it covered is not known
 * - NOT_CHECKED: never detected
 */
export type DriftVerdict =
  "DRIFTED" | "ALL_IGNORED" | "IN_SYNC" | "PARTIAL" | "NOTHING_CHECKABLE" | "UNVERIFIED" | "NOT_CHECKED";

/** The state of a job: AWS's three for a detection, QUEUED before AWS was asked and CANCELLED by a person or a disconnect. */
export type DriftJobStatus =
  "QUEUED" | "DETECTION_IN_PROGRESS" | "DETECTION_COMPLETE" | "DETECTION_FAILED" | "CANCELLED";

export interface StackRow {
  id: string;
  stackName: string;
  /** AWS's id, an ARN. */
  stackId: string;
  accountId: string;
  awsAccountId: string;
  accountName: string;
  region: string;
  /** `UPDATE_COMPLETE`, as AWS sends it. */
  status: AwsWord | null;
  description: string | null;
  /** null: tags could not be read. */
  tags: Record<string, string> | null;
  createdAt: Date | null;
  /** When the stack was last updated, as AWS says. */
  updatedAt: Date | null;
  /** When inventory last read the stack's list. */
  seenAt: Date | null;
  eligibility: Eligibility;
  drift: StackDrift;
  /** The detection that is queued or running, if one is. */
  job: DriftJobView | null;
  /** Our id of the stack that this one is nested in; null for a root and for one whose parent inventory does not know. */
  parentId: string | null;
  /** A root's nested stacks, summed up; null where it has none. */
  nested: NestedStacks | null;
}

/**
 * Whether AWS would take a detection of the stack now, by the status that inventory read last. A stack that was changing then may have
 * settled since: asked for it alone, AWS decides.
 */
export type Eligibility = { isEligible: true } | { isEligible: false; reason: string; mayHaveSettled: boolean };

export interface NestedStacks {
  count: number;
  /** The worst of the root and all that is nested in it. */
  worstVerdict: DriftVerdict;
  worstSeverity: DriftSeverity | null;
  /** Of the root and all that is nested in it; null where none was ever detected. */
  driftedResources: number | null;
  /** Depth first by name. */
  stacks: NestedStackRow[];
}

export type NestedStackRow = Omit<StackRow, "nested"> & {
  /** 1 for a direct child of the root. */
  depth: number;
};

/** What is known of a stack's drift, as of when, and from whom. */
export interface StackDrift {
  /** AWS's word: DRIFTED, IN_SYNC, UNKNOWN, NOT_CHECKED. */
  status: AwsWord;
  /** detection: CloudGuard's own, with details · inventory: the word that ListStacks carries, without details · none: never */
  source: "detection" | "inventory" | "none";
  /** When the detection of the whole stack that says so was begun; looks at a few resources since then do not count. */
  asOf: Date | null;
  verdict: DriftVerdict;
  /** One sentence a person understands. */
  sentence: string;
  /** null without a detection of ours. */
  coverage: Coverage | null;
  /** The highest of what differs and is not ignored; null where nothing does or nothing is known in detail. */
  severity: DriftSeverity | null;
  /** Resources that differ and are not wholly ignored; null without a detection of ours. */
  driftedResources: number | null;
  openDifferences: number | null;
  ignoredDifferences: number | null;
  /** Differences that the detection before had not found. */
  newDifferences: number | null;
  /** Of the detection whose details these are. */
  detectionId: string | null;
}

/** Of a stack's resources: how many a detection could check. The denominator is everything that the stack holds. */
export interface Coverage {
  total: number;
  /** in sync + modified + deleted */
  checked: number;
  inSync: number;
  modified: number;
  deleted: number;
  /** Could have been checked and was not: a permission was missing, AWS was throttled, or the detection failed. */
  unknown: number;
  /** Supports detection, and was not part of this one. */
  notChecked: number;
  /** Its type has no drift support. */
  unsupported: number;
  unsupportedTypes: string[];
  gaps: CoverageGap[];
}

/** Why some resources are unknown, and what would change that. One that lacks several actions is in the gap of each. */
export interface CoverageGap {
  /** `kms:ListResourceTags`, where AWS's reason names it. */
  action: string | null;
  /** The policy statement to add, pretty-printed, where an action is known. */
  statement: string | null;
  /** AWS's reason. */
  reason: string;
  logicalIds: string[];
}

export interface StackPage {
  rows: StackRow[];
  nextCursor: string | null;
  /** Of what is listed: roots where nested stacks are folded, all stacks otherwise. Exact. */
  total: number;
  /** Stacks in the scope, nested ones too, and how many of them were never detected. */
  stacks: { total: number; neverDetected: number };
  /** Accounts and regions whose stacks could not be read, or never were: the list is "at least" then. */
  isPartial: boolean;
}

/** Counts for the filter chips, over everything the scope allows. */
export interface StackFacets {
  accounts: { accountId: string; awsAccountId: string; name: string; count: number }[];
  regions: { region: string; count: number }[];
  statuses: { status: string; count: number }[];
  verdicts: { verdict: DriftVerdict; count: number }[];
  driftStatuses: { driftStatus: string; count: number }[];
  severities: { severity: DriftSeverity; count: number }[];
}

export interface StackDetail extends StackRow {
  /** Into the AWS console, on the stack and on its drifts. */
  consoleUrl: string;
  driftConsoleUrl: string;
  /** Why AWS says the stack is in its status. */
  statusReason: string | null;
  /** The stacks that this one is nested in, the root first. */
  ancestors: { id: string; stackName: string }[];
  /** The details of `drift.detectionId`. */
  detection: DetectionDetail | null;
  /** The latest detections, running ones first; older ones by `history`. */
  history: DetectionSummary[];
  schedule: ScheduleView;
}

/** A detection as a person follows it, from the click on. Its id is the detection's id for ever. */
export interface DriftJobView {
  jobId: string;
  /** AWS's id; null until AWS has answered. */
  driftDetectionId: string | null;
  status: DriftJobStatus;
  /** STACK: all of it · RESOURCES: only those that were unknown before, one by one */
  kind: "STACK" | "RESOURCES";
  trigger: "MANUAL" | "SCHEDULE";
  /** null once the account has been disconnected. */
  stack: { id: string; stackName: string; stackId: string; awsAccountId: string; region: string } | null;
  queuedAt: Date;
  /** When AWS was first asked; null while it waits. */
  startedAt: Date | null;
  completedAt: Date | null;
  /** When CloudGuard looks again. */
  nextLookAt: Date | null;
  /** Since `startedAt`; the whole once it is over. */
  elapsedMs: number | null;
  /** How long the stack's last detections took, their median; null before the first. */
  usualMs: number | null;
  /** While queued: how many are to be started before it in its account and region. */
  ahead: number | null;
  /** Resources looked at so far; null where AWS does not say, which is so for a whole stack. */
  progress: { done: number; total: number } | null;
  /** One sentence on what it is doing or how it ended. */
  message: string;
  failure: JobFailure | null;
}

export interface JobFailure {
  kind: FailureKind | "timeout" | "disconnected" | "paused" | "cancelled" | "detection";
  reason: string;
  /** The action that is missing, and the statement that grants it. */
  action: string | null;
  statement: string | null;
}

/** One entry of a stack's timeline. */
export interface DetectionSummary {
  id: string;
  driftDetectionId: string | null;
  status: DriftJobStatus;
  kind: "STACK" | "RESOURCES";
  trigger: "MANUAL" | "SCHEDULE";
  queuedAt: Date;
  startedAt: Date | null;
  completedAt: Date | null;
  durationMs: number | null;
  /** AWS's word; null where it gave none. */
  driftStatus: AwsWord | null;
  /** null until it has ended with the whole of its results. */
  verdict: DriftVerdict | null;
  severity: DriftSeverity | null;
  /** All that differ, ignored or not. */
  driftedResources: number | null;
  differences: number | null;
  newDifferences: number | null;
  coverage: Coverage | null;
  failure: JobFailure | null;
}

/** A detection with everything it found. Ignore rules are applied as they are now. */
export interface DetectionDetail extends DetectionSummary {
  /** When the oldest of what it tells was looked at: a look at a few resources alone tells the rest as it was found before. */
  asOf: Date | null;
  stack: { id: string; stackName: string; stackId: string; awsAccountId: string; accountName: string; region: string };
  sentence: string;
  openDifferences: number;
  ignoredDifferences: number;
  /** What the detection before had found and this one did not. */
  resolved: { logicalId: string; path: string }[];
  /** Worst first. */
  resources: ResourceDrift[];
}

export interface ResourceDrift {
  logicalId: string;
  physicalId: string | null;
  /** `AWS::EC2::SecurityGroup` */
  type: string;
  /** IN_SYNC, MODIFIED, DELETED, NOT_CHECKED, UNKNOWN or UNSUPPORTED. */
  driftStatus: AwsWord;
  reason: string | null;
  /** When AWS looked at it. */
  checkedAt: Date | null;
  /** Of its differences that are not ignored. */
  severity: DriftSeverity | null;
  /** As the template declares it, secrets redacted; null where AWS gave none. */
  expected: Json | null;
  /** As it is, secrets redacted; null where AWS gave none or it was deleted. */
  actual: Json | null;
  differences: PropertyDrift[];
  /** A deleted resource differs as a whole; this is its rule, if one ignores it. */
  ignoredBy: IgnoredBy | null;
  isNew: boolean;
  /** Into the AWS console: the resource's own page, or the stack's resources where it has none. */
  console: ConsoleLink;
  /** The row in inventory, where CloudGuard reads that type. */
  resourceId: string | null;
}

export interface PropertyDrift {
  /** JSON Pointer into `expected` and `actual`: `/SecurityGroupIngress/1`. */
  path: string;
  /** The path with list members that have a key named by it: `/Tags[Owner]/Value`. What ignore rules and "new" go by. */
  stablePath: string;
  type: "ADD" | "REMOVE" | "NOT_EQUAL";
  /** null where the side is absent (ADD). Redacted values read "[redacted]". */
  expected: Json | null;
  /** null where the side is absent (REMOVE). */
  actual: Json | null;
  severity: DriftSeverity;
  /** The rule of the severity table, in words: "Open to the internet". */
  because: string;
  isNew: boolean;
  ignoredBy: IgnoredBy | null;
}

export interface IgnoredBy {
  ruleId: string;
  reason: string;
}

/** What `triggerMany` did, stack by stack. */
export interface TriggerReceipt {
  started: TriggeredStack[];
  /** A detection was queued or running already: this is it. */
  joined: TriggeredStack[];
  skipped: { stack: { id: string; stackName: string; awsAccountId: string; region: string }; reason: string }[];
}

export interface TriggeredStack {
  jobId: string;
  stack: { id: string; stackName: string; awsAccountId: string; region: string };
}

export interface DriftOverview {
  stacks: {
    total: number;
    neverDetected: number;
    running: number;
    /** Of those asked for since the oldest that still runs: how many have ended. 0 where none runs. */
    ended: number;
    ineligible: number;
  };
  /** By verdict, only those that occur. */
  verdicts: { verdict: DriftVerdict; count: number }[];
  /** Stacks with a difference that is not ignored, by their worst; all four, worst first. */
  bySeverity: { severity: DriftSeverity; stacks: number }[];
  /** Sums over the stacks that were detected; null where none was. */
  coverage: {
    stacksCounted: number;
    stacksTotal: number;
    resourcesTotal: number;
    resourcesChecked: number;
    resourcesUnknown: number;
    resourcesUnsupported: number;
  } | null;
  ignoredDifferences: number;
  /** Oldest first, 30 UTC days up to today. What no detection of ours had seen by the end of a day counts as not checked. */
  trend: TrendDay[];
  /** The oldest detection that is counted; null when a stack was never detected or there is none. */
  asOf: Date | null;
  /** The worst first, at most five. */
  worst: {
    id: string;
    stackName: string;
    awsAccountId: string;
    region: string;
    severity: DriftSeverity;
    sentence: string;
  }[];
}

export interface TrendDay {
  /** 2026-11-24 */
  day: string;
  drifted: number;
  inSync: number;
  /** PARTIAL, NOTHING_CHECKABLE, ALL_IGNORED: detected, and neither of the above. */
  other: number;
  notChecked: number;
}

/** Everything that is set must fit; at least one of the five is. */
export interface IgnoreScope {
  accountId: string | null;
  stackId: string | null;
  resourceType: string | null;
  logicalId: string | null;
  /** A path or stable path, and all below it; `*` stands for one member: `/Tags[LastScanned]`, `/BlockDeviceMappings/*`. */
  propertyPath: string | null;
}

export interface IgnoreRuleView extends IgnoreScope {
  id: string;
  accountName: string | null;
  stackName: string | null;
  reason: string;
  /** The author: Clerk's user id, and the address where it is known. */
  createdBy: string;
  createdByEmail: string | null;
  createdAt: Date;
  expiresAt: Date | null;
  isExpired: boolean;
  /** Differences of the latest detections that it hides now. */
  hides: number;
}

/** What a rule would hide now, before it is saved. */
export interface IgnorePreview {
  differences: number;
  resources: number;
  stacks: number;
  /** Up to 50 of them, the worst first. */
  examples: {
    stackId: string;
    stackName: string;
    awsAccountId: string;
    logicalId: string;
    type: string;
    path: string;
    severity: DriftSeverity;
    isIgnoredAlready: boolean;
  }[];
  /** A sentence that warns where the rule would hide something critical or high; else null. */
  warning: string | null;
}

export interface ScheduleView {
  accountId: string;
  frequency: "OFF" | "DAILY" | "WEEKLY";
  /** 0–23, UTC. */
  hour: number;
  /** 0 is Sunday; used by WEEKLY. */
  weekday: number;
  nextRunAt: Date | null;
  lastRunAt: Date | null;
  /** How many detections the last run asked for; null before the first. */
  lastRunStarted: number | null;
}
