import { setMaxListeners } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { collect } from "../aws/collect";
import { collectorOf } from "../aws/collectors/index";
import { openSession, type AwsSession } from "../aws/session";
import { toFailure } from "../aws/to-failure";
import { claimScanCells, LEASE_SECONDS, releaseScanCells, renewScanCells, type ClaimedCell } from "../db/claim";
import { forTenant, type TenantId, type TenantTx } from "../db/client";
import { LeaseLost } from "../db/lease-lost";
import { tenantBatch } from "../db/tenant-batch";
import { log, withLogContext } from "../log";
import { metrics } from "../metrics";
import { handBackLate } from "../shutdown";
import { isTracing, traced } from "../tracing";
import { reconcile, type StoredResource } from "./reconcile";
import { nextStep } from "./retry";
import { rowBudget, type RowBudget } from "./row-budget";
import { scanWriter, type ScanWriter } from "./scan-writer";
import { tagSweeps, type TagSweeps } from "./tag-sweeps";
import { fillUnread } from "./unread";
import { storedOf } from "./write-queries";

/** So many cells at once: more than the calls in flight, so that calls go on while cells are read and written. */
const CELLS_AT_ONCE = 150;

/** So many resources at once that are collected and not yet written: some 30 kB each, with all that is made of them on the way. */
const ROWS_AT_ONCE = 2_000;

/**
 * Scans due cells until none is left or `deadline` (performance.now()) has come, and returns how many it ended. What it
 * has claimed and not begun it hands back.
 */
export async function scanDueCells({ deadline, signal }: { deadline: number; signal: AbortSignal }): Promise<number> {
  const tenants = new Map<TenantId, TenantScans>();
  const budget = rowBudget(ROWS_AT_ONCE);
  const running = new Map<string, Running>();
  const inFlight = new Set<Promise<void>>();
  const unfinished: ClaimedCell[] = [];
  /** Claimed, and not begun yet. */
  const waiting = new Set<ClaimedCell>();
  const isOver = () => signal.aborted || performance.now() >= deadline;
  const stop = AbortSignal.any([signal, AbortSignal.timeout(Math.max(1, Math.ceil(deadline - performance.now())))]);
  // Every call in flight listens to it.
  setMaxListeners(0, stop);
  let ended = 0;

  const heartbeat = setInterval(
    () => {
      renewAll([...running.values()]).catch((error: unknown) =>
        log.warn({ err: error }, "could not renew the leases of running scans"),
      );
    },
    (LEASE_SECONDS * 1000) / 3,
  );
  const forget = handBackLate(() =>
    releaseScanCells([...[...running.values()].map(({ cell }) => cell), ...unfinished, ...waiting], {
      skipsLocked: true,
    }),
  );

  try {
    while (!isOver()) {
      const room = CELLS_AT_ONCE - running.size;
      const claimed = room >= CELLS_AT_ONCE / 4 ? await claimScanCells(room) : [];
      for (const cell of claimed) waiting.add(cell);
      for (const tenantId of new Set(claimed.map((cell) => cell.tenantId))) {
        const cells = claimed.filter((cell) => cell.tenantId === tenantId);
        const scans = tenants.get(tenantId) ?? scansOf(tenantId);
        tenants.set(tenantId, scans);
        const { stored, traces } = await readForScan(scans, cells);
        for (const cell of cells) {
          const lost = new AbortController();
          running.set(cell.id, { cell, lost });
          waiting.delete(cell);
          const work = withLogContext({ tenantId, accountId: cell.accountId, job: "inventory" }, () =>
            traced(
              "scan",
              { "cloudguard.resource_type": cell.type, "cloud.region": cell.region },
              () => {
                const signal = AbortSignal.any([stop, lost.signal]);
                return scanCell(cell, scans.sessions.get(sessionKey(cell)), stored.get(cell.id) ?? new Map(), {
                  writer: scans.writer,
                  budget,
                  signal,
                });
              },
              { parent: traces.get(cell.syncRunId) },
            ),
          )
            .then((outcome) => {
              if (outcome === "ended") ended += 1;
              if (outcome === "unfinished") unfinished.push(cell);
            })
            .finally(() => {
              running.delete(cell.id);
              inFlight.delete(work);
            });
          inFlight.add(work);
        }
      }
      if (claimed.length === 0 && inFlight.size === 0) break;
      await Promise.race([...inFlight, delay(claimed.length === 0 ? 250 : 25)]);
    }
  } finally {
    // Also where the database failed what was to be begun next: what runs keeps its lease until it has ended.
    await Promise.all(inFlight);
    clearInterval(heartbeat);
    // All at once: a process that is told to stop has seconds for a hundred cells.
    await releaseScanCells([...unfinished, ...waiting]);
    forget();
  }
  return ended;
}

/** A cell at work, and what ends its calls once it is no longer held: it was cancelled, or is another process's. */
interface Running {
  cell: ClaimedCell;
  lost: AbortController;
}

async function renewAll(held: Running[]): Promise<void> {
  const kept = await renewScanCells(held.map(({ cell: { id, fence } }) => ({ id, fence })));
  for (const { cell, lost } of held) if (!kept.has(cell.id)) lost.abort();
}

const sessionKey = (cell: ClaimedCell) => `${cell.accountId} ${cell.syncRunId}`;

/** What the scans of one tenant share. A session is kept because it holds its run's tags. */
interface TenantScans {
  tenantId: TenantId;
  writer: ScanWriter;
  sweeps: TagSweeps;
  sessions: Map<string, AwsSession>;
}

function scansOf(tenantId: TenantId): TenantScans {
  const batch = tenantBatch(tenantId);
  // Sweeps before cells: whoever ends a run waits for its rows in this order too.
  const sweeps = tagSweeps(batch);
  return { tenantId, sweeps, writer: scanWriter(batch), sessions: new Map() };
}

/**
 * Opens the sessions that the cells need; gives what is stored of each cell, and the trace of the click that began each of their
 * runs, where this process traces.
 */
async function readForScan({ tenantId, sweeps, sessions }: TenantScans, cells: ClaimedCell[]) {
  const missing = [...new Set(cells.filter((cell) => !sessions.has(sessionKey(cell))).map((cell) => cell.accountId))];
  return forTenant(tenantId, async (tx) => {
    const accounts = missing.length
      ? await tx.awsAccount.findMany({ where: { id: { in: missing }, pausedAt: null }, include: { externalId: true } })
      : [];
    for (const cell of cells) {
      const account = accounts.find(({ id }) => id === cell.accountId);
      if (!account || sessions.has(sessionKey(cell))) continue;
      const grant = {
        awsAccountId: account.awsAccountId,
        roleArn: account.roleArn,
        externalId: account.externalId.value,
      };
      const options = { region: account.region, sharedSweep: sweeps.ofRun(cell) };
      sessions.set(sessionKey(cell), openSession(grant, "inventory", options));
    }
    const stored = new Map<string, Map<string, StoredResource>>();
    for (const { cellId, nativeId, ...row } of await storedOf(
      tx,
      cells.map(({ id }) => id),
    )) {
      const ofCell = stored.get(cellId) ?? new Map<string, StoredResource>();
      stored.set(cellId, ofCell.set(nativeId, row));
    }
    return { stored, traces: isTracing() ? await tracesOf(tx, cells) : new Map<string, string | null>() };
  });
}

async function tracesOf(tx: TenantTx, cells: ClaimedCell[]): Promise<Map<string, string | null>> {
  const ids = [...new Set(cells.map(({ syncRunId }) => syncRunId))];
  const runs = await tx.syncRun.findMany({ where: { id: { in: ids } }, select: { id: true, traceparent: true } });
  return new Map(runs.map(({ id, traceparent }) => [id, traceparent]));
}

/** `unfinished` is for whoever claimed it to hand back; `left` was put off for a later try, or lost to another worker. */
type Outcome = "ended" | "unfinished" | "left";

async function scanCell(
  cell: ClaimedCell,
  session: AwsSession | undefined,
  stored: Map<string, StoredResource>,
  { writer, budget, signal }: { writer: ScanWriter; budget: RowBudget; signal: AbortSignal },
): Promise<Outcome> {
  const startedAt = performance.now();
  const scan = reconcile(stored);
  const counters = { seen: 0, appeared: 0, changed: 0, gone: 0 };
  const rows = budget.open();
  let written: Promise<void> = Promise.resolve();
  try {
    if (!session) throw new LeaseLost("the account was paused or disconnected");
    signal.throwIfAborted();
    const access = session.at(cell.region, { priority: cell.expectedMs, signal });
    for await (const page of rows.paced(collect(known(cell.type), access))) {
      const { writes, appeared, changed } = scan.page(await fillUnread(cell.tenantId, cell.id, page));
      counters.seen = scan.seen();
      counters.appeared += appeared;
      counters.changed += changed;
      // One page may be on its way to the database while the next is asked for; not more, or memory would fill.
      await written;
      if (writes.length === 0) {
        rows.release(page.length);
      } else {
        written = writer
          .report(cell, { kind: "page", writes, rollups: scan.rollups(), counters: { ...counters } })
          .finally(() => rows.release(page.length));
        // It is awaited after the next page; failing before that it would pass for an error that nobody handles and end the process.
        void Promise.allSettled([written]);
      }
    }
    await written;
    const gone = scan.missing();
    counters.gone = gone.length;
    await writer.report(cell, {
      kind: "success",
      gone,
      counters,
      rollups: gone.length > 0 ? scan.rollups() : null,
      resourceCount: scan.seen(),
      durationMs: Math.round(performance.now() - startedAt),
      tagFailure: access.sweepFailure(),
    });
    metrics.jobEnds.inc({ job: "inventory", outcome: "ok" });
    return "ended";
  } catch (error) {
    return await endBadly(cell, error, written, writer, signal);
  } finally {
    rows.close();
  }
}

async function endBadly(
  cell: ClaimedCell,
  error: unknown,
  written: Promise<void>,
  writer: ScanWriter,
  signal: AbortSignal,
): Promise<Outcome> {
  try {
    await written;
    if (error instanceof LeaseLost) throw error;
    if (signal.aborted) return "unfinished";
    const failure = toFailure(error);
    const step = nextStep(failure, cell.attempts);
    await writer.report(
      cell,
      step === "give up" ? { kind: "failure", failure } : { kind: "retry", failure, afterSeconds: step.afterSeconds },
    );
    log.info({ type: cell.type, region: cell.region, failure, step }, "a scan failed");
    if (step !== "give up") return "left";
    metrics.jobEnds.inc({ job: "inventory", outcome: "failed" });
    return "ended";
  } catch (lost) {
    if (lost instanceof LeaseLost) return "left"; // somebody else has the row now, or it was cancelled: nothing to say
    metrics.jobEnds.inc({ job: "inventory", outcome: "failed" });
    log.error(
      { err: lost, type: cell.type, region: cell.region },
      "a scan could not be written; its lease will run out",
    );
    return "left";
  }
}

/** A cell of a type that this version no longer reads is a programming error: planning only makes cells of known types. */
function known(type: string) {
  const collector = collectorOf(type);
  if (!collector) throw new Error(`no collector reads ${type}`);
  return collector;
}
