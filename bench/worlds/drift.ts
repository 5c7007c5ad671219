/** What the measurements of drift start from: a simulated AWS with stacks, and accounts whose inventory is read. */
import { setTimeout as delay } from "node:timers/promises";
import { sizedWorld } from "../../demo/aws/world";
import { forTenant } from "../../server/db/client";
import { tick } from "../../server/jobs/tick";
import { startWorld } from "./started";

export interface DriftWorldSize {
  accounts: number;
  regions: number;
  stacks: number;
  /** How long AWS takes for a detection: "4000", or "2000-20000" for anything in between. */
  detectionMs: string;
}

export async function driftWorld({ accounts, regions, stacks, detectionMs }: DriftWorldSize) {
  const size = { seed: 7, accounts, regions, stacks, resources: 0 };
  const world = await startWorld({ AWS_SIM_SIZE: JSON.stringify(size), AWS_SIM_DETECTION_MS: detectionMs });
  for (const account of sizedWorld(size).accounts.keys()) await world.connect(account);
  // What a throttled list still owes is due again in a moment.
  const { tenantId } = world.ctx;
  const isSyncing = () => forTenant(tenantId, (tx) => tx.syncRun.count({ where: { finishedAt: null } }));
  while ((await isSyncing()) > 0) if ((await tick({ budgetMs: 600_000 })) === 0) await delay(200);
  return world;
}
