/**
 * A4: how long after an account is connected its first rows are there, against three calls one after the other (AssumeRole,
 * DescribeRegions, the first page) and one write. A worker is at work in this process, as in `npm start`.
 */
import { setTimeout as delay } from "node:timers/promises";
import { disconnect, forTenant } from "../server/db/client";
import { runWorker } from "../server/jobs/worker";
import { rouse } from "../server/jobs/rouse";
import { connectAll, startBenchWorld } from "./sync/world";
import { ctx } from "./worlds/started";

const TRIES = Number(process.env.TRIES ?? 7);
const latencyMs = Number(process.env.LATENCY_MS ?? 200);
const size = { seed: 3, accounts: TRIES + 1, resources: (TRIES + 1) * 1000 };

const bench = await startBenchWorld(size, { latencyMs, concurrency: 50 });
void runWorker();
const tries: { ms: number; writeMs: number }[] = [];
for (const account of bench.world.accounts.keys()) {
  await connectAll(bench, { accounts: [account] });
  const startedAt = performance.now();
  // What the mutation's door does.
  rouse();
  while ((await rowsOf(account)) === 0) await delay(5);
  const ms = performance.now() - startedAt;
  // The next one begins on a quiet machine.
  while ((await forTenant(ctx.tenantId, (tx) => tx.syncRun.count({ where: { finishedAt: null } }))) > 0)
    await delay(50);
  tries.push({ ms, writeMs: await oneWrite() });
}
// The first one also loads AWS's clients.
const measured = tries.slice(1).sort((a, b) => a.ms - b.ms);
const median = measured[Math.floor(measured.length / 2)]!;
const boundMs = 3 * latencyMs + median.writeMs;
console.log(
  JSON.stringify({
    ratioToBound: Math.round((median.ms / boundMs) * 100) / 100,
    firstRowsMs: Math.round(median.ms),
    minMs: Math.round(measured[0]!.ms),
    maxMs: Math.round(measured.at(-1)!.ms),
    boundMs: Math.round(boundMs),
    oneWriteMs: Math.round(median.writeMs),
    firstOfTheProcessMs: Math.round(tries[0]!.ms),
    tries: TRIES,
  }),
);
await disconnect();
await bench.stop();
process.exit(0);

function rowsOf(awsAccountId: string): Promise<number> {
  return forTenant(ctx.tenantId, (tx) => tx.resource.count({ where: { account: { awsAccountId } } }));
}

/** A page of 500 rows, written as a scan writes them: the same rows again, in one transaction. */
async function oneWrite(): Promise<number> {
  const startedAt = performance.now();
  await forTenant(
    ctx.tenantId,
    (tx) =>
      tx.$executeRaw`update "Resource" set "config" = "config" where "id" in (select "id" from "Resource" limit 500)`,
  );
  return performance.now() - startedAt;
}
