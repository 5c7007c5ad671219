/** One first sync of a world whose token buckets are so many times those of its default; tells its parent what it sent. */
import { totalOf } from "../../demo/aws/truth";
import { disconnect, forTenant } from "../../server/db/client";
import { ctx } from "../worlds/started";
import { neededCalls } from "./needed";
import { connectAll, startBenchWorld } from "./world";
import { workToTheEnd } from "./time-flies";

const { resources, limits } = JSON.parse(process.argv[2]!) as { resources: number; limits: number };
const size = { seed: 7, accounts: 2, regions: 2, resources };
const bench = await startBenchWorld(size, { latencyMs: 200, concurrency: 50, limits });
await connectAll(bench);
await bench.aws.calls({ reset: true });

const startedAt = performance.now();
await workToTheEnd(ctx);
const seconds = (performance.now() - startedAt) / 1000;

const calls = await bench.aws.calls();
const sent = calls.reduce((sum, { count }) => sum + count, 0);
const needed = neededCalls(bench.world).Q;
const live = await forTenant(ctx.tenantId, (tx) => tx.resource.count({ where: { goneAt: null } }));
const refused = new Map<string, number>();
for (const call of calls) {
  const api = `${call.service}:${call.operation}`;
  if (call.refused > 0) refused.set(api, (refused.get(api) ?? 0) + call.refused);
}
const told = {
  limits,
  callsRatio: Math.round((sent / needed) * 1000) / 1000,
  callsSent: sent,
  callsNeeded: needed,
  refused: Object.fromEntries(refused),
  seconds: Math.round(seconds * 10) / 10,
  resources: live,
  complete: live === totalOf(bench.world),
};
await disconnect();
await bench.stop();
// When all is closed: what its closing says comes before what the parent prints.
process.send!(told, () => process.exit(0));
