import { forTenant, type TenantId, type TenantTx } from "../db/client";
import { LeaseLost } from "../db/lease-lost";
import type { ClaimedCell } from "../db/claim";
import type { Failure } from "../aws/failure";
import type { ResourceWrite, Rollup } from "./reconcile";
import { finishCells, finishRuns, holdCells, markGone, replaceRollups, upsertResources } from "./write-queries";

/** What a scan has to say about its cell. A page may be followed by more; the others end it. */
export type CellReport =
  | { kind: "page"; writes: ResourceWrite[]; rollups: Rollup[] | null; counters: CellCounters }
  | {
      kind: "success";
      gone: string[];
      rollups: Rollup[] | null;
      counters: CellCounters;
      resourceCount: number;
      durationMs: number;
      tagFailure: Failure | null;
    }
  | { kind: "failure"; failure: Failure }
  | { kind: "retry"; failure: Failure; afterSeconds: number };

/** Of this run of this cell, so far; absolute, so that a scan that starts again does not count twice. */
export interface CellCounters {
  seen: number;
  appeared: number;
  changed: number;
  gone: number;
}

interface Waiting {
  cell: ClaimedCell;
  report: CellReport;
  done(): void;
  failed(error: unknown): void;
}

/**
 * Writes what scans report, many cells in one transaction: a sync of thousands of mostly empty cells would otherwise
 * spend its time in BEGIN and COMMIT. A report resolves once it is committed and throws LeaseLost where its fence no
 * longer fits.
 */
export function scanWriter(tenantId: TenantId, { gatherMs = 15, most = 200 } = {}) {
  let waiting: Waiting[] = [];
  let timer: NodeJS.Timeout | undefined;
  let isWriting = false;

  async function write(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    if (isWriting) return;
    isWriting = true;
    try {
      while (waiting.length > 0) {
        const batch = waiting.slice(0, most);
        waiting = waiting.slice(most);
        await writeBatch(tenantId, batch);
      }
    } finally {
      isWriting = false;
    }
  }

  return {
    report(cell: ClaimedCell, report: CellReport): Promise<void> {
      return new Promise((done, failed) => {
        waiting.push({ cell, report, done, failed });
        // Not from the last report on: where they come without a pause none would ever be written.
        if (waiting.length >= most) void write();
        else timer ??= setTimeout(() => void write(), gatherMs);
      });
    },
  };
}

export type ScanWriter = ReturnType<typeof scanWriter>;

async function writeBatch(tenantId: TenantId, batch: Waiting[]): Promise<void> {
  try {
    const held = await forTenant(tenantId, (tx) => writeReports(tx, tenantId, batch));
    for (const { cell, done, failed } of batch) {
      if (held.has(cell.id)) done();
      else failed(new LeaseLost(`the lease on ${cell.type} in ${cell.region} was lost`));
    }
  } catch (error) {
    for (const { failed } of batch) failed(error);
  }
}

async function writeReports(tx: TenantTx, tenantId: TenantId, batch: Waiting[]): Promise<Set<string>> {
  const held = await holdCells(
    tx,
    batch.map(({ cell }) => cell),
  );
  const mine = batch.filter(({ cell }) => held.has(cell.id));
  await upsertResources(
    tx,
    tenantId,
    mine.flatMap(({ cell, report }) =>
      report.kind === "page"
        ? report.writes.map((write) => ({ ...write, cellId: cell.id, accountId: cell.accountId, type: cell.type }))
        : [],
    ),
  );
  await markGone(
    tx,
    mine.flatMap(({ cell, report }) =>
      report.kind === "success" ? report.gone.map((nativeId) => ({ cellId: cell.id, nativeId })) : [],
    ),
  );
  // The last report on a cell knows the counts best.
  const rollups = new Map(
    mine.flatMap(({ cell, report }) =>
      "rollups" in report && report.rollups ? [[cell.id, report.rollups] as const] : [],
    ),
  );
  await replaceRollups(tx, tenantId, rollups);
  await finishCells(
    tx,
    mine.map(({ cell, report }) => ({ id: cell.id, ...outcomeOf(report) })),
  );
  const ended = mine.filter(({ report }) => report.kind === "success" || report.kind === "failure");
  await finishRuns(tx, [...new Set(ended.map(({ cell }) => cell.syncRunId))]);
  return held;
}

/** The cell's row after the report. `null` in a column that a report does not speak of leaves the row's own value. */
function outcomeOf(report: CellReport) {
  const failure = "failure" in report ? report.failure : null;
  return {
    kind: report.kind,
    failureKind: failure?.kind ?? null,
    failureCode: failure?.code ?? null,
    failureMessage: failure?.message ?? null,
    failureAction: failure?.action ?? null,
    afterSeconds: report.kind === "retry" ? report.afterSeconds : 0,
    resourceCount: report.kind === "success" ? report.resourceCount : null,
    durationMs: report.kind === "success" ? report.durationMs : null,
    tagFailure: report.kind === "success" ? report.tagFailure : null,
    ...("counters" in report ? report.counters : { seen: null, appeared: null, changed: null, gone: null }),
  };
}
