import { setTimeout as delay } from "node:timers/promises";
import type { SharedSweep, Sweep } from "../aws/session";
import { LEASE_SECONDS } from "../db/claim";
import { forTenant } from "../db/client";
import type { TenantBatch } from "../db/tenant-batch";
import { log } from "../log";
import { endSweeps, renewSweep, takeSweeps, type SweepOf, type SweepTurn } from "./tag-sweep-queries";

/**
 * Has each region of a run swept by one process, and gives what it read to all that work on the run: at once, after a restart, or
 * in another budget. Whoever dies over a sweep loses its turn with its lease.
 */
export function tagSweeps(batch: TenantBatch) {
  const take = batch.kind(takeSweeps);
  const end = batch.kind(async (tx, ends: Parameters<typeof endSweeps>[1]) => {
    await endSweeps(tx, ends);
    return ends.map(() => undefined);
  });

  async function sweepInTurn(turn: SweepTurn, sweep: () => Promise<Sweep>): Promise<Sweep> {
    const renewing = setInterval(
      () =>
        void orWarn(
          forTenant(batch.tenantId, (tx) => renewSweep(tx, turn)),
          turn,
        ),
      (LEASE_SECONDS * 1000) / 3,
    );
    let swept: Sweep = "cancelled";
    try {
      return (swept = await sweep());
    } finally {
      clearInterval(renewing);
      await orWarn(end({ turn, swept: swept === "cancelled" ? null : swept }), turn);
    }
  }

  return {
    ofRun({ accountId, syncRunId }: Omit<SweepOf, "region">): SharedSweep {
      return async (region, sweep, signal) => {
        while (!signal?.aborted) {
          const found = await take({ accountId, syncRunId, region });
          if (found && "fence" in found) return sweepInTurn(found, sweep);
          if (found) return found;
          await delay(LOOK_AGAIN_MS);
        }
        return "cancelled";
      };
    },
  };
}

export type TagSweeps = ReturnType<typeof tagSweeps>;

/** How soon another process's sweep is looked for again: about as long as a page of it takes. */
const LOOK_AGAIN_MS = 250;

/** What was read is of use here also where it could not be shared: others sweep for themselves once the lease has run out. */
async function orWarn(sharing: Promise<void>, { region }: SweepTurn): Promise<void> {
  await sharing.catch((error: unknown) => log.warn({ err: error, region }, "a tag sweep could not be shared"));
}
