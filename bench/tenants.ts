/**
 * A6: how long a small tenant's sync takes beside a tenant of many accounts that syncs everything, against its time alone, by
 * one worker. In turns, alone and beside, the median of PAIRS.
 */
import { setTimeout as delay } from "node:timers/promises";
import { disconnect, forTenant } from "../server/db/client";
import { rouse } from "../server/jobs/rouse";
import { runWorker } from "../server/jobs/worker";
import { requestSync } from "../server/resources/service";
import { connectAll, startBenchWorld } from "./sync/world";
import { tenant } from "./worlds/started";
import { liveSyncs } from "./sync/time-flies";

const PAIRS = Number(process.env.PAIRS ?? 7);
const accounts = Number(process.env.ACCOUNTS ?? 100) + 1;
const latencyMs = Number(process.env.LATENCY_MS ?? 100);
const [small, large] = [tenant("small"), tenant("large")];

const bench = await startBenchWorld({ seed: 9, accounts, resources: accounts * 200 }, { latencyMs, concurrency: 50 });
const [first, ...others] = [...bench.world.accounts.keys()];
await connectAll(bench, { as: small, accounts: [first!] });
await connectAll(bench, { as: large, accounts: others });
void runWorker();
await settled(small);
await settled(large);

const alone: number[] = [];
const beside: number[] = [];
let stillSyncing = 0;
for (let pair = 0; pair < PAIRS; pair++) {
  alone.push(await timeOfSmall());
  await requestSync(large, {});
  rouse();
  // The large one is in the middle of it.
  while ((await runningCells()) < 100) await delay(20);
  beside.push(await timeOfSmall());
  if ((await liveSyncs(large)) > 0) stillSyncing++;
  await settled(large);
}
const [a, b] = [median(alone), median(beside)];
console.log(
  JSON.stringify({
    ratio: Math.round((b / a) * 100) / 100,
    aloneMs: Math.round(a),
    besideMs: Math.round(b),
    minBesideMs: Math.round(Math.min(...beside)),
    maxBesideMs: Math.round(Math.max(...beside)),
    pairs: PAIRS,
    accountsOfTheLarge: others.length,
    largeStillSyncing: stillSyncing,
  }),
);
await disconnect();
await bench.stop();
process.exit(0);

/** From the click to the end of the sync. */
async function timeOfSmall(): Promise<number> {
  const startedAt = performance.now();
  await requestSync(small, {});
  rouse();
  await settled(small);
  return performance.now() - startedAt;
}

async function settled(of: typeof small): Promise<void> {
  while ((await liveSyncs(of)) > 0) await delay(10);
}

function runningCells(): Promise<number> {
  return forTenant(large.tenantId, (tx) => tx.scanCell.count({ where: { state: "RUNNING" } }));
}

function median(values: number[]): number {
  return [...values].sort((x, y) => x - y)[Math.floor(values.length / 2)]!;
}
