import { forTenant, type TenantTx } from "../db/client";
import { removeCostDays, removeForecasts, removeRestatements } from "../cost/retention-queries";
import {
  claimUpkeep,
  removeAuditEvents,
  removeCostLedger,
  removeExternalIds,
  renewUpkeep,
  settleUpkeep,
  tenantsWithHistory,
} from "../db/upkeep-queries";
import { removeDetections } from "../drift/retention-queries";
import { env, type Env } from "../env";
import { log } from "../log";
import { metrics } from "../metrics";
import { removeGoneResources, removeSyncRuns } from "../resources/retention-queries";
import type { JobBudget } from "./registry";

/** Fourteen months and the running one, which pages show. */
const SHOWN_COST_DAYS = 460;

/** What a room keeps for a time: so many days by setting, deleted a batch at a time. */
interface Retention {
  what: string;
  days: (settings: Env) => number;
  remove: (tx: TenantTx, before: Date, limit: number) => Promise<number>;
}

const retentions: Retention[] = [
  { what: "goneResources", days: (settings) => settings.RETAIN_GONE_DAYS, remove: removeGoneResources },
  { what: "syncRuns", days: (settings) => settings.RETAIN_HISTORY_DAYS, remove: removeSyncRuns },
  { what: "detections", days: (settings) => settings.RETAIN_HISTORY_DAYS, remove: removeDetections },
  { what: "restatements", days: (settings) => settings.RETAIN_HISTORY_DAYS, remove: removeRestatements },
  { what: "forecasts", days: (settings) => settings.RETAIN_HISTORY_DAYS, remove: removeForecasts },
  {
    what: "costDays",
    days: (settings) => Math.max(SHOWN_COST_DAYS, settings.RETAIN_COST_DAYS),
    remove: removeCostDays,
  },
];

/** The longest month and the one before it. */
const LEDGER_DAYS = 62;

/** What no tenant may delete, and what outlives its accounts. */
const retentionsOfAll = [
  { what: "auditEvents", days: (settings: Env) => settings.RETAIN_AUDIT_DAYS, remove: removeAuditEvents },
  {
    what: "costLedger",
    // The caps count the running month's lines, whatever is kept otherwise.
    days: (settings: Env) => Math.max(LEDGER_DAYS, settings.RETAIN_HISTORY_DAYS),
    remove: removeCostLedger,
  },
  { what: "externalIds", days: (settings: Env) => settings.RETAIN_EXTERNAL_ID_DAYS, remove: removeExternalIds },
];

/** Rows in one transaction: few enough that a sync never waits long for them. */
const BATCH = 5_000;
const DAY_MS = 24 * 60 * 60_000;

/**
 * The day's upkeep, where it is due: deletes what has been kept long enough. Deleting twice harms nothing, so whoever goes on
 * after a budget's end begins at the first tenant again and finds nothing there. Returns 1 when the day's work is done.
 */
export async function workUpkeep({ deadline, signal }: JobBudget): Promise<number> {
  if (signal.aborted) return 0;
  const claim = await claimUpkeep();
  if (!claim) return 0;
  const now = Date.now();
  const removed: Record<string, number> = {};
  const isOver = () => signal.aborted || performance.now() >= deadline;

  /** A batch after the other until one is not full; false where the time or the lease is over. */
  async function removeOld(what: string, days: number, remove: (before: Date) => Promise<number>): Promise<boolean> {
    const before = new Date(now - days * DAY_MS);
    for (let count = BATCH; count === BATCH;) {
      if (isOver() || !(await renewUpkeep(claim!))) return false;
      count = await remove(before);
      removed[what] = (removed[what] ?? 0) + count;
    }
    return true;
  }

  async function removeAll(): Promise<boolean> {
    for (const tenantId of await tenantsWithHistory())
      for (const { what, days, remove } of retentions) {
        const removeOf = (before: Date) => forTenant(tenantId, (tx) => remove(tx, before, BATCH));
        if (!(await removeOld(what, days(env()), removeOf))) return false;
      }
    for (const { what, days, remove } of retentionsOfAll)
      if (!(await removeOld(what, days(env()), (before) => remove(before, BATCH)))) return false;
    return true;
  }

  const isDone = await removeAll();
  await settleUpkeep(claim, isDone);
  if (isDone) metrics.jobEnds.inc({ job: "upkeep", outcome: "ok" });
  log.info({ job: "upkeep", removed, isDone }, "upkeep");
  return isDone ? 1 : 0;
}
