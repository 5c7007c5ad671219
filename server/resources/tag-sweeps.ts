import { setTimeout as delay } from "node:timers/promises";
import type { SharedSweep, Sweep } from "../aws/session";
import { LEASE_SECONDS } from "../db/claim";
import { forTenant, type TenantTx } from "../db/client";
import { log } from "../log";
import { endSweep, readSweep, renewSweep, takeSweep, type SweepOf, type SweepTurn } from "./tag-sweep-queries";

/**
 * Has each region of a run swept by one process, and gives what it read to all that work on the run: at once, after a restart, or
 * in another budget. Whoever dies over a sweep loses its turn with its lease.
 */
export function sharedSweeps({ tenantId, accountId, syncRunId }: Omit<SweepOf, "region">): SharedSweep {
  return async (region, sweep, signal) => {
    const wanted = { tenantId, accountId, syncRunId, region };
    while (!signal?.aborted) {
      const found = await forTenant(tenantId, async (tx) => (await takeSweep(tx, wanted)) ?? readSweep(tx, wanted));
      if (found && "fence" in found) return sweepInTurn(found, sweep);
      if (found) return found;
      await delay(LOOK_AGAIN_MS, undefined, { signal }).catch(() => {}); // the loop sees the signal
    }
    return "cancelled";
  };
}

/** How soon another process's sweep is looked for again: about as long as a page of it takes. */
const LOOK_AGAIN_MS = 250;

async function sweepInTurn(turn: SweepTurn, sweep: () => Promise<Sweep>): Promise<Sweep> {
  const renewing = setInterval(() => void write(turn, renewSweep), (LEASE_SECONDS * 1000) / 3);
  let swept: Sweep | undefined;
  try {
    return (swept = await sweep());
  } finally {
    clearInterval(renewing);
    const kept = !swept || swept === "cancelled" ? null : swept;
    await write(turn, (tx) => endSweep(tx, turn, kept));
  }
}

/** What was read is of use here also where it could not be shared: others sweep for themselves once the lease has run out. */
async function write(turn: SweepTurn, work: (tx: TenantTx, turn: SweepTurn) => Promise<void>): Promise<void> {
  try {
    await forTenant(turn.tenantId, (tx) => work(tx, turn));
  } catch (error) {
    log.warn({ err: error, region: turn.region }, "a tag sweep could not be shared");
  }
}
