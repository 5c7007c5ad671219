/** What the resources room tells its doors. */
import type { Completeness, Gap, SyncProgress } from "../accounts/views";
import type { Json } from "../aws/collectors/define";

export interface ResourceRow {
  id: string;
  type: string;
  typeLabel: string;
  nativeId: string;
  name: string | null;
  arn: string | null;
  accountId: string;
  awsAccountId: string;
  accountName: string;
  region: string;
  state: string | null;
  facts: Record<string, string | number | boolean | null>;
  /** null: its tags were never read; the resource's own page says why. */
  tags: Record<string, string> | null;
  createdAt: Date | null;
  firstSeenAt: Date;
  lastChangedAt: Date;
  goneAt: Date | null;
  /** When its cell was last read successfully: the row is as of then. */
  seenAt: Date;
  /** Two syncs should have replaced that read, or the last attempt to replace it failed. */
  isStale: boolean;
}

export interface ResourcePage {
  rows: ResourceRow[];
  nextCursor: string | null;
  /** Exact up to 1,000 for filtered sets; `isCapped` says "1,000+". Unfiltered totals come from the rollup and are exact. */
  total: { count: number; isCapped: boolean };
  completeness: Completeness;
}

export interface ResourceDetail extends ResourceRow {
  config: Json;
  consoleUrl: string | null;
  cell: {
    type: string;
    region: string;
    lastSuccessAt: Date | null;
    failure: string | null;
    /** Why its tags are as old as they are, or absent; null where the last reading of them was all right. */
    tagFailure: Pick<Gap, "kind" | "message" | "action" | "refusedBy"> | null;
  };
}

/** Counts for the filter chips: over everything the scope allows, from the rollup; null where nothing was ever read. */
export interface Facets {
  types: { type: string; label: string; count: number | null; isComplete: boolean }[];
  accounts: { accountId: string; awsAccountId: string; name: string; count: number | null; isComplete: boolean }[];
  regions: { region: string; count: number }[];
  states: { state: string | null; count: number }[];
  tagKeys: string[];
  goneCount: number;
}

export interface Overview {
  accounts: {
    accountId: string;
    awsAccountId: string;
    name: string;
    status: string;
    count: number | null;
    completeness: Completeness;
  }[];
  /** count null = never read anywhere; partial = some account or region could not be read, then the count is "at least". */
  types: { type: string; label: string; count: number | null; isPartial: boolean }[];
  regions: { region: string; count: number }[];
  total: number | null;
  completeness: Completeness;
  gaps: Gap[];
  /** Since 24 hours ago. */
  changes: { appeared: number; changed: number; gone: number; latest: ChangeRow[]; since: Date };
  syncs: SyncProgress[];
}

export interface ChangeRow {
  kind: "appeared" | "changed" | "gone";
  at: Date;
  resourceId: string;
  type: string;
  typeLabel: string;
  name: string | null;
  nativeId: string;
  awsAccountId: string;
  accountName: string;
  region: string;
}
