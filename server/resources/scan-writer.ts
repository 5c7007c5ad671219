import type { TenantId, TenantTx } from "../db/client";
import { LeaseLost } from "../db/lease-lost";
import type { TenantBatch } from "../db/tenant-batch";
import type { ClaimedCell } from "../db/claim";
import type { Failure } from "../aws/failure";
import { rollUpAccounts } from "./account-rollup-queries";
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

interface Reported {
  cell: ClaimedCell;
  report: CellReport;
}

/**
 * Writes what scans report. A report resolves once it is committed and throws LeaseLost where its fence no longer fits.
 */
export function scanWriter(batch: TenantBatch) {
  const write = batch.kind((tx, reported: Reported[]) => writeReports(tx, batch.tenantId, reported));
  return {
    async report(cell: ClaimedCell, report: CellReport): Promise<void> {
      const isHeld = await write({ cell, report });
      if (!isHeld) throw new LeaseLost(`the lease on ${cell.type} in ${cell.region} was lost`);
    },
  };
}

export type ScanWriter = ReturnType<typeof scanWriter>;

/** Whether each was still held, and so written. */
async function writeReports(tx: TenantTx, tenantId: TenantId, reported: Reported[]): Promise<boolean[]> {
  const held = await holdCells(
    tx,
    reported.map(({ cell }) => cell),
  );
  const mine = reported.filter(({ cell }) => held.has(cell.id));
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
  const runIds = [...new Set(ended.map(({ cell }) => cell.syncRunId))];
  await rollUpAccounts(tx, tenantId, await finishRuns(tx, runIds));
  return reported.map(({ cell }) => held.has(cell.id));
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
