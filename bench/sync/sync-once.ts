/** One first sync of a world by a worker as it is deployed; tells its parent the most memory that the worker took. */
import { readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { totalOf } from "../../demo/aws/truth";
import { disconnect, forTenant } from "../../server/db/client";
import { bundleWorker, ctx, startWorker } from "../worlds/started";
import { liveSyncs } from "./time-flies";
import { connectAll, startBenchWorld, type Size } from "./world";

const size = JSON.parse(process.argv[2]!) as Size;
const bench = await startBenchWorld(size, { latencyMs: 0, concurrency: 50 });
bundleWorker();
await connectAll(bench);
const startedAt = performance.now();
// The heap that Node takes in a container of half a GiB. With all of this machine's memory to spend it collects so late that
// what is measured is garbage.
const worker = startWorker({ NODE_OPTIONS: "--max-old-space-size=256" });
worker.once("exit", () => void bench.stop().finally(() => process.exit(1)));
while ((await liveSyncs(ctx)) > 0) await delay(100);
const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
const peakMb = Math.round(peakKb(worker.pid!) / 1000);
worker.removeAllListeners("exit").kill("SIGKILL");
const resources = await forTenant(ctx.tenantId, (tx) => tx.resource.count());
await disconnect();
await bench.stop();
// When all is closed: what its closing says comes before what the parent prints.
process.send!({ peakMb, resources, seconds, isComplete: resources === totalOf(bench.world) }, () => process.exit(0));

/** Linux keeps the most that a process ever had resident. Source: https://man7.org/linux/man-pages/man5/proc_pid_status.5.html */
function peakKb(pid: number): number {
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))![1]);
}
