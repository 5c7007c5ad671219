/** What the measurements of drift start from: a simulated AWS with stacks, and accounts whose inventory is read. */
import { setTimeout as delay } from "node:timers/promises";
import { compare } from "../../demo/aws/services/compare-resource";
import { sizedWorld, type World } from "../../demo/aws/world";
import { forTenant } from "../../server/db/client";
import type { StackDriftResult } from "../../server/db/generated/client";
import type { PropertyDifference } from "../../server/drift/differences";
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
  const simulated = sizedWorld(size);
  for (const account of simulated.accounts.keys()) await world.connect(account);
  // What a throttled list still owes is due again in a moment.
  const { tenantId } = world.ctx;
  const isSyncing = () => forTenant(tenantId, (tx) => tx.syncRun.count({ where: { finishedAt: null } }));
  while ((await isSyncing()) > 0) if ((await tick({ budgetMs: 600_000 })) === 0) await delay(200);
  return { ...world, toBeFound: toBeFound(simulated) };
}

/** What a detection must find of each stack, by AWS's id of it; from what the world holds and not from what was stored. */
function toBeFound({ accounts }: World): Map<string, string> {
  const regions = [...accounts.values()].flatMap((account) => [...account.regions.values()]);
  return new Map(
    regions.flatMap(({ stackContents }) =>
      [...stackContents].map(([stackId, contents]) => {
        const found = contents.map(compare).map((one) => ({
          logicalId: one.LogicalResourceId!,
          status: one.StackResourceDriftStatus!,
          paths: (one.PropertyDifferences ?? []).map(({ PropertyPath }) => PropertyPath!),
        }));
        return [stackId, inWords(found)] as const;
      }),
    ),
  );
}

/** What a detection has found and stored, to be compared with what it must find. */
export function hasFound(results: StackDriftResult[]): string {
  return inWords(
    results.map(({ resourceLogicalId, driftStatus, propertyDifferences }) => ({
      logicalId: resourceLogicalId,
      status: driftStatus,
      paths: (propertyDifferences as unknown as PropertyDifference[]).map(({ path }) => path),
    })),
  );
}

function inWords(found: { logicalId: string; status: string; paths: string[] }[]): string {
  return found
    .map(({ logicalId, status, paths }) => `${logicalId}: ${status} ${paths.sort().join(" ")}`.trim())
    .sort()
    .join("\n");
}
