/**
 * A7: a worker is killed with SIGKILL KILLS times while it syncs, at seeded moments, and another goes on: what is stored at the
 * end must be what an undisturbed sync stores, and the calls no more than needed and the concurrency for each kill.
 */
import { setTimeout as delay } from "node:timers/promises";
import { seeded } from "../demo/aws/random";
import { totalOf } from "../demo/aws/truth";
import { disconnect, forTenant } from "../server/db/client";
import { neededCalls } from "./sync/needed";
import { leasesRunOut, liveSyncs, retriesAreDue } from "./sync/time-flies";
import { connectAll, startBenchWorld } from "./sync/world";
import { ctx, startWorker } from "./worlds/started";

const KILLS = Number(process.env.KILLS ?? 10);
const concurrency = 50;
const size = { seed: 7, accounts: 5, resources: 10_000 };

const bench = await startBenchWorld(size, { latencyMs: 100, concurrency });
const random = seeded(13);
await connectAll(bench);
await bench.aws.calls({ reset: true });

let worker = startWorker();
let kills = 0;
while (kills < KILLS) {
  // It has begun: from here on it may be killed at any moment.
  const before = await callsSent();
  while ((await callsSent()) < before + random.int(20, 200) && (await liveSyncs(ctx)) > 0) await delay(10);
  if ((await liveSyncs(ctx)) === 0) break;
  const dead = new Promise((done) => worker.once("exit", done));
  worker.kill("SIGKILL");
  await dead;
  kills++;
  await leasesRunOut(ctx);
  worker = startWorker();
}
while ((await liveSyncs(ctx)) > 0) {
  await retriesAreDue(ctx);
  await delay(100);
}
worker.kill("SIGKILL");

const needed = neededCalls(bench.world).Q;
const calls = await callsSent();
const there = totalOf(bench.world);
const { live, gone, rolledUp } = await forTenant(ctx.tenantId, async (tx) => ({
  live: await tx.resource.count({ where: { goneAt: null } }),
  gone: await tx.resource.count({ where: { goneAt: { not: null } } }),
  rolledUp: (await tx.resourceRollup.aggregate({ _sum: { live: true } }))._sum.live,
}));
const complete = live === there && gone === 0 && rolledUp === there;
const mostCalls = needed + concurrency * kills;
console.log(
  JSON.stringify({
    kills,
    callsSent: calls,
    callsNeeded: needed,
    mostCalls,
    isWithin: calls <= mostCalls,
    callsAKill: Math.round(((calls - needed) / kills) * 10) / 10,
    resources: live,
    complete,
  }),
);
await disconnect();
await bench.stop();
process.exit(complete && calls <= mostCalls ? 0 : 1);

async function callsSent(): Promise<number> {
  return (await bench.aws.calls()).reduce((sum, { count }) => sum + count, 0);
}
