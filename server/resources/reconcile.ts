/** Pure: what a scan found against what is stored, and so what appeared, changed and went. No I/O, no clock. */
import { createHash } from "node:crypto";
import type { CollectedResource, Json } from "../aws/collectors/define";

/** What is stored of a resource, as far as comparing needs it. */
export interface StoredResource {
  hash: string;
  region: string;
  state: string | null;
  isGone: boolean;
}

/** A collected resource as it is written, with the hash that the next scan compares. */
export interface ResourceWrite {
  nativeId: string;
  arn: string | null;
  name: string | null;
  sortName: string;
  region: string;
  state: string | null;
  /** null leaves the stored tags as they are: they could not be read this time */
  tags: Record<string, string> | null;
  facts: Json;
  config: Json;
  searchText: string;
  hash: string;
  createdAt: string | null;
}

export interface PageOutcome {
  writes: ResourceWrite[];
  appeared: number;
  changed: number;
}

export interface Rollup {
  region: string;
  state: string;
  live: number;
  gone: number;
}

export interface Reconciliation {
  /** What of this page is new or different, also where only a remark is and nothing counts as changed. Unchanged rows are in nobody's way: they are not written at all. */
  page(collected: CollectedResource[]): PageOutcome;
  /** The native ids to mark as gone. Call only when the whole list was read: a failure is not an absence. */
  missing(): string[];
  /** How many distinct resources were seen so far. */
  seen(): number;
  /** Counts by region and state, as they stand after the pages so far (and after `missing`, if it was called). */
  rollups(): Rollup[];
}

export function reconcile(stored: Map<string, StoredResource>): Reconciliation {
  const current = new Map(stored);
  const seen = new Set<string>();

  return {
    page(collected) {
      const outcome: PageOutcome = { writes: [], appeared: 0, changed: 0 };
      for (const resource of collected) {
        const before = current.get(resource.nativeId);
        const write = toWrite(resource, before?.hash);
        seen.add(write.nativeId);
        if (before && !before.isGone && before.hash === write.hash) continue;
        current.set(write.nativeId, { hash: write.hash, region: write.region, state: write.state, isGone: false });
        outcome.writes.push(write);
        if (!before) outcome.appeared += 1;
        else if (before.isGone || isChanged(before.hash, write.hash)) outcome.changed += 1;
      }
      return outcome;
    },
    missing() {
      const gone: string[] = [];
      for (const [nativeId, resource] of current) {
        if (resource.isGone || seen.has(nativeId)) continue;
        gone.push(nativeId);
        current.set(nativeId, { ...resource, isGone: true });
      }
      return gone;
    },
    seen: () => seen.size,
    rollups: () => rollupsOf(current.values()),
  };
}

/** Counts by region and state, sorted so that two equal sets compare equal. */
export function rollupsOf(resources: Iterable<Pick<StoredResource, "region" | "state" | "isGone">>): Rollup[] {
  const rows = new Map<string, Rollup>();
  for (const { region, state, isGone } of resources) {
    const key = `${region} ${state ?? ""}`;
    const row = rows.get(key) ?? { region, state: state ?? "", live: 0, gone: 0 };
    if (isGone) row.gone += 1;
    else row.live += 1;
    rows.set(key, row);
  }
  return [...rows.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

function toWrite(resource: CollectedResource, storedHash: string | undefined): ResourceWrite {
  const { nativeId, arn, name, region, state } = resource;
  const facts = plain(resource.facts);
  const remarks = resource.remarks && plain(resource.remarks);
  const config = plain(resource.config);
  const createdAt = resource.createdAt?.toISOString() ?? null;
  const content = digest(canonical({ arn, name, region, state, facts, config, createdAt }));
  // Tags hash apart, so that a scan that could not read them still compares everything else.
  const tags = resource.tags ? digest(canonical(plain(resource.tags))) : (storedHash?.split(".")[1] ?? "");
  return {
    nativeId,
    arn,
    name,
    sortName: name || nativeId,
    region,
    state,
    tags: resource.tags ?? null,
    facts: Object.assign({}, facts, remarks),
    config,
    createdAt,
    searchText: [name, nativeId, arn].filter(Boolean).join(" ").toLowerCase(),
    hash: [content, tags, ...(remarks ? [digest(canonical(remarks))] : [])].join("."),
  };
}

/**
 * Remarks change while the resource does not, and tags that were never read were not other ones. The upsert judges by the same
 * two parts.
 */
function isChanged(before: string, after: string): boolean {
  const [content, tags] = before.split(".");
  const [contentNow, tagsNow] = after.split(".");
  return content !== contentNow || (tags !== "" && tags !== tagsNow);
}

/** JSON as PostgreSQL takes it: Dates as ISO text, no undefined, no NUL characters. */
function plain(value: unknown): Json {
  const text = JSON.stringify(value ?? null) ?? "null";
  return JSON.parse(text.includes("\\u0000") ? text.replaceAll("\\u0000", "") : text) as Json;
}

/** JSON with its keys in order, so that two reads of the same thing hash alike. */
function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key] ?? null)}`).join(",")}}`;
}

const digest = (text: string) => createHash("sha1").update(text).digest("base64url");
