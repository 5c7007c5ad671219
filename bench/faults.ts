/**
 * A3: SYNCS syncs of a world in which things come and go, under seeded faults of every kind, also in the middle of a chain.
 * Nothing that is there may be told as gone, and every cell must end: read, or failed and saying why. What a cell that was read
 * counts must be what there is.
 */
import { setTimeout as delay } from "node:timers/promises";
import { seeded } from "../demo/aws/random";
import { GLOBAL_REGION } from "../server/aws/place";
import { disconnect, forTenant } from "../server/db/client";
import { requestSync } from "../server/resources/service";
import { connectAll, startBenchWorld } from "./sync/world";
import { ctx } from "./worlds/started";
import { liveSyncs, workToTheEnd } from "./sync/time-flies";

const SYNCS = Number(process.env.SYNCS ?? 200);
const size = { seed: 5, accounts: 1, regions: 2, resources: Number(process.env.RESOURCES ?? 900) };
const kinds = ["throttle", "error5xx", "reset", "truncate", "expired", "denied"] as const;

const bench = await startBenchWorld(size, { latencyMs: 0, concurrency: 50 });
await connectAll(bench);
await workToTheEnd(ctx);

const random = seeded(11);
const account = [...bench.world.accounts.keys()][0]!;
/** Taken out of the world: only these may be gone. */
const deleted = new Set<string>();
const left = volumes();
let falselyGone = 0;
let chainsLost = 0;
let wrongCounts = 0;
let cellsFailed = 0;
let cellsRead = 0;

for (let sync = 0; sync < SYNCS; sync++) {
  await somethingGoes();
  for (const kind of kinds)
    await bench.aws.post("/_sim/faults", { kind, share: 0.01 + random.next() * 0.04, seed: random.int(1, 1e6) });
  const startedAt = new Date();
  await requestSync(ctx, {});
  await workToTheEnd(ctx);
  await bench.aws.clearFaults();
  await judge(startedAt);
}
// With the faults over, one sync more brings everything to what there is.
await requestSync(ctx, {});
await workToTheEnd(ctx);
const [there] = (await bench.aws.truth()).accounts;
const live = await forTenant(ctx.tenantId, (tx) => tx.resource.count({ where: { goneAt: null } }));
const complete = live === there!.total;
console.log(
  JSON.stringify({
    syncs: SYNCS,
    chainsLost,
    falselyGone,
    wrongCounts,
    cellsRead,
    cellsFailed,
    trulyGone: deleted.size,
    resources: live,
    complete,
  }),
);
await disconnect();
await bench.stop();
process.exit(complete && chainsLost + falselyGone + wrongCounts === 0 ? 0 : 1);

/** Counts what a sync that is over may not have left behind. */
async function judge(startedAt: Date): Promise<void> {
  if ((await liveSyncs(ctx)) > 0) chainsLost++;
  const [known] = (await bench.aws.truth()).accounts;
  const { cells, gone } = await forTenant(ctx.tenantId, async (tx) => ({
    cells: await tx.scanCell.findMany(),
    gone: await tx.resource.findMany({ where: { goneAt: { not: null } }, select: { nativeId: true } }),
  }));
  falselyGone += gone.filter(({ nativeId }) => !deleted.has(nativeId)).length;
  for (const cell of cells) {
    const hasEnded = cell.finishedAt !== null && cell.finishedAt >= startedAt;
    if (!hasEnded || !["OK", "FAILED"].includes(cell.state) || (cell.state === "FAILED" && !cell.failureMessage))
      chainsLost++;
    if (cell.state === "FAILED") cellsFailed++;
    if (cell.state !== "OK") continue;
    cellsRead++;
    // A global list holds what lies in every region.
    const regions = cell.region === GLOBAL_REGION ? Object.keys(known!.byRegionAndType) : [cell.region];
    const there = regions.reduce((sum, region) => sum + (known!.byRegionAndType[region]?.[cell.type] ?? 0), 0);
    if (cell.resourceCount !== there) wrongCounts++;
  }
}

async function somethingGoes(): Promise<void> {
  const next = left.pop();
  if (!next) return delay(0);
  deleted.add(next.nativeId);
  await bench.aws.post("/_sim/mutate", { account, type: "AWS::EC2::Volume", action: "delete", ...next });
}

function volumes(): { region: string; nativeId: string }[] {
  return [...bench.world.accounts.values()].flatMap(({ regions }) =>
    [...regions].flatMap(([region, { volumes: list }]) =>
      list.map(({ VolumeId }) => ({ region, nativeId: VolumeId! })),
    ),
  );
}
