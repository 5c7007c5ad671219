/** Drift of 300 stacks in 5 accounts: the calls that it takes, and how long after AWS's end a result is there (goal D6). */
import { setTimeout as delay } from "node:timers/promises";
import { forTenant } from "../server/db/client";
import { triggerMany } from "../server/drift/service";
import { driftWorld } from "./worlds/drift";
import { startWorker } from "./worlds/started";

const STACKS = Number(process.env.STACKS ?? 300);
const detectionMs = Number(process.env.DETECTION_MS ?? 4_000);
const world = await driftWorld({ accounts: 5, regions: 6, stacks: STACKS, detectionMs });
const { ctx } = world;
await world.forgetCalls();
const receipt = await triggerMany(ctx, { everything: true });
const worker = startWorker();
const startedAt = performance.now();
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
worker.kill();

const jobs = await forTenant(ctx.tenantId, (tx) =>
  tx.driftDetectionJob.findMany({ include: { _count: { select: { results: true } } } }),
);
const detections = jobs.filter(({ status }) => status === "DETECTION_COMPLETE");
// A detection is over at AWS so long after it was begun there; our row says when the result could be read.
const lags = detections
  .map(({ startedAt: begun, completedAt }) => (completedAt!.getTime() - begun!.getTime() - detectionMs) / 1000)
  .sort((a, b) => a - b);
// Each detection: begun once, seen running as often as the rhythm of looks makes it, seen complete once, and read in two lists of one page.
const looks = Math.ceil(detectionMs / 5_000);
const callsNeeded = receipt.started.length * (1 + looks + 2);
const drift = [
  "DetectStackDrift",
  "DescribeStackDriftDetectionStatus",
  "ListStackResources",
  "DescribeStackResourceDrifts",
];
const callsByOperation: Record<string, number> = {};
for (const operation of drift) callsByOperation[operation] = await world.sent(operation);
console.log(
  JSON.stringify({
    stacks: receipt.started.length + receipt.skipped.length,
    detections: detections.length,
    skipped: receipt.skipped.length,
    callsSent: Object.values(callsByOperation).reduce((sum, count) => sum + count, 0),
    callsNeeded,
    callsByOperation,
    visibleLagSecondsP50: lags[Math.floor(lags.length * 0.5)],
    visibleLagSecondsP95: lags[Math.floor(lags.length * 0.95)],
    mostAtOnceInARegion: mostAtOnce,
    seconds: Math.round(seconds),
    complete:
      detections.length === receipt.started.length &&
      detections.every(({ _count, coverage }) => _count.results === (coverage as { total: number }).total),
  }),
);
await world.end();
process.exit(0);
