import { forTenant, type TenantTx } from "../db/client";
import { claimUpkeep, renewUpkeep, settleUpkeep, tenantsWithAccounts } from "../db/upkeep-queries";
import { env, type Env } from "../env";
import { log } from "../log";
import { removeGoneResources, removeSyncRuns } from "../resources/retention-queries";
import type { JobBudget } from "./registry";

/** What a room keeps for a time: so many days by setting, deleted a batch at a time. */
interface Retention {
  what: string;
  days: (settings: Env) => number;
  remove: (tx: TenantTx, before: Date, limit: number) => Promise<number>;
}

const retentions: Retention[] = [
  { what: "goneResources", days: (settings) => settings.RETAIN_GONE_DAYS, remove: removeGoneResources },
  { what: "syncRuns", days: (settings) => settings.RETAIN_HISTORY_DAYS, remove: removeSyncRuns },
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

  async function removeAll(): Promise<boolean> {
    for (const tenantId of await tenantsWithAccounts()) {
      for (const { what, days, remove } of retentions) {
        const before = new Date(now - days(env()) * DAY_MS);
        for (let count = BATCH; count === BATCH;) {
          if (isOver() || !(await renewUpkeep(claim!))) return false;
          count = await forTenant(tenantId, (tx) => remove(tx, before, BATCH));
          removed[what] = (removed[what] ?? 0) + count;
        }
      }
    }
    return true;
  }

  const isDone = await removeAll();
  await settleUpkeep(claim, isDone);
  log.info({ job: "upkeep", removed, isDone }, "upkeep");
  return isDone ? 1 : 0;
}
