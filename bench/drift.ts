/**
 * Drift of 300 stacks in 5 accounts: the calls that it takes, and how long after AWS's end a result is there (goal D6): for
 * people who watch one stack each, as its page does, and for all others. STACKS, WATCHERS and DETECTION_MS set another size.
 */
import { setTimeout as delay } from "node:timers/promises";
import { detectionTime } from "../demo/aws/detection-time";
import { forTenant } from "../server/db/client";
import { jobById } from "../server/drift/detections";
import { nextLookSeconds } from "../server/drift/polling";
import { triggerMany } from "../server/drift/service";
import { driftWorld, hasFound } from "./worlds/drift";
import { startWorker } from "./worlds/started";

const STACKS = Number(process.env.STACKS ?? 300);
const WATCHERS = Number(process.env.WATCHERS ?? 10);
const detectionMs = process.env.DETECTION_MS ?? "2000-20000";
/** As the stack's page asks. */
const PAGE_POLL_MS = 1_500;
const takesMs = (driftDetectionId: string | null) => detectionTime(detectionMs)(0, driftDetectionId ?? "");

const world = await driftWorld({ accounts: 5, regions: 6, stacks: STACKS, detectionMs });
const { ctx } = world;
await world.forgetCalls();
const receipt = await triggerMany(ctx, { everything: true });
// Spread over the accounts and regions, as the receipt goes by name.
const everyNth = Math.max(1, Math.floor(receipt.started.length / WATCHERS));
const watched = receipt.started.filter((_, at) => at % everyNth === 0).map(({ jobId }) => jobId);
const worker = startWorker();
const startedAt = performance.now();
const watching = Promise.all(watched.map(watch));
let mostAtOnce = 0;
for (;;) {
  const live = await forTenant(ctx.tenantId, (tx) =>
    tx.driftDetectionJob.groupBy({
      by: ["accountId", "region", "status"],
      where: { status: { in: ["QUEUED", "DETECTION_IN_PROGRESS"] } },
      _count: true,
    }),
  );
  for (const lane of live) if (lane.status === "DETECTION_IN_PROGRESS") mostAtOnce = Math.max(mostAtOnce, lane._count);
  if (live.length === 0) break;
  await delay(500);
}
const seconds = (performance.now() - startedAt) / 1000;
const watchedLags = inOrder(await watching);
worker.kill();

const jobs = await forTenant(ctx.tenantId, (tx) =>
  tx.driftDetectionJob.findMany({ include: { results: true, stack: { include: { resource: true } } } }),
);
const detections = jobs.filter(({ status }) => status === "DETECTION_COMPLETE");
// A detection is over at AWS so long after it was begun there; our row says when the result could be read.
const lags = inOrder(
  detections
    .filter(({ id }) => !watched.includes(id))
    .map((job) => (job.completedAt!.getTime() - job.startedAt!.getTime() - takesMs(job.driftDetectionId)) / 1000),
);
// Each detection: begun once, looked at by the rhythm until it is over, and read in two lists of one page.
const callsNeeded = detections.reduce((sum, job) => sum + 1 + looksNeeded(takesMs(job.driftDetectionId)) + 2, 0);
const drift = [
  "DetectStackDrift",
  "DescribeStackDriftDetectionStatus",
  "ListStackResources",
  "DescribeStackResourceDrifts",
];
const callsByOperation: Record<string, number> = {};
for (const operation of drift) callsByOperation[operation] = await world.sent(operation);
const figures = {
  stacks: receipt.started.length + receipt.skipped.length,
  detections: detections.length,
  skipped: receipt.skipped.length,
  callsSent: Object.values(callsByOperation).reduce((sum, count) => sum + count, 0),
  callsNeeded,
  callsByOperation,
  watched: watched.length,
  visibleLagSecondsP95: at(watchedLags, 0.95),
  visibleLagSecondsMost: watchedLags.at(-1),
  unwatchedLagSecondsP50: at(lags, 0.5),
  unwatchedLagSecondsP95: at(lags, 0.95),
  mostAtOnceInARegion: mostAtOnce,
  seconds: Math.round(seconds),
  complete:
    detections.length === receipt.started.length &&
    detections.every(({ stack, results }) => hasFound(results) === world.toBeFound.get(stack!.resource.nativeId)),
};
// Ended first: what its end is told stands above the last line.
await world.end();
console.log(JSON.stringify(figures));
process.exit(0);

/** Reads a job as its page does until it has ended; returns how long after AWS's own end that was seen, in seconds. */
async function watch(jobId: string): Promise<number> {
  for (;;) {
    const { status, startedAt: begun, driftDetectionId } = await jobById(ctx, { jobId });
    if (status !== "QUEUED" && status !== "DETECTION_IN_PROGRESS")
      return (Date.now() - begun!.getTime() - takesMs(driftDetectionId)) / 1000;
    await delay(PAGE_POLL_MS);
  }
}

function looksNeeded(durationMs: number): number {
  let looks = 0;
  for (let elapsedMs = 0; elapsedMs < durationMs; looks++) elapsedMs += nextLookSeconds(elapsedMs) * 1000;
  return looks;
}

function inOrder(numbers: number[]): number[] {
  return [...numbers].sort((a, b) => a - b);
}

function at(ordered: number[], share: number): number | undefined {
  return ordered[Math.floor(ordered.length * share)];
}
