/** One first sync of a world, in a process of its own; tells its parent the most memory that it took while it worked. */
import { totalOf } from "../../demo/aws/truth";
import { disconnect, forTenant } from "../../server/db/client";
import { ctx } from "../worlds/started";
import { workToTheEnd } from "./time-flies";
import { connectAll, startBenchWorld, type Size } from "./world";

const size = JSON.parse(process.argv[2]!) as Size;
const bench = await startBenchWorld(size, { latencyMs: 0, concurrency: 50 });
await connectAll(bench);
const there = totalOf(bench.world);
// The world is the measurement's own, and no memory of the product's.
bench.world.accounts.clear();
let peakBytes = 0;
const watch = setInterval(() => (peakBytes = Math.max(peakBytes, process.memoryUsage.rss())), 20);
const startedAt = performance.now();
await workToTheEnd(ctx);
const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
clearInterval(watch);
const resources = await forTenant(ctx.tenantId, (tx) => tx.resource.count());
process.send!({ peakMb: Math.round(peakBytes / 1e6), resources, seconds, isComplete: resources === there });
await disconnect();
await bench.stop();
process.exit(0);
