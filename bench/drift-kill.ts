/**
 * A worker is killed with SIGKILL at every step of a drift job: before AWS gets a call, after AWS has answered and before the
 * worker knows, and at a random moment while it writes. Nothing may be lost, done twice or found otherwise than without a kill.
 * What a kill may leave behind is one detection at AWS that nobody knows the id of. Leases and due times are moved on by hand, so
 * that a trial does not wait for them.
 */
import { setTimeout as delay } from "node:timers/promises";
import { seeded } from "../demo/aws/random";
import { forTenant } from "../server/db/client";
import { recheckUnknown, triggerMany } from "../server/drift/service";
import { driftWorld, hasFound } from "./worlds/drift";
import { startWorker } from "./worlds/started";
import { moments, trapBefore, type Moment } from "./worlds/trap";

const KILLS_PER_POINT = Number(process.env.KILLS_PER_POINT ?? 4);
const operations = [
  "DetectStackDrift",
  "DescribeStackDriftDetectionStatus",
  "ListStackResources",
  "DescribeStackResourceDrifts",
  "DetectStackResourceDrift",
];
const world = await driftWorld({ accounts: 1, regions: 1, stacks: 6, detectionMs: "300" });
const { ctx } = world;
const failed: string[] = [];
let kills = 0;
/** Detections that AWS began in this trial. */
let begun = 0;
let orphans = 0;
let mostOrphansOfAKill = 0;

const trap = await trapBefore(world.url, seeded(Number(process.env.SEED ?? 11)), (operation) => {
  if (operation === "DetectStackDrift") begun++;
});

let worker = startWorker(trap.env);
await triggerMany(ctx, { everything: true });
await movingOn(async () => (await jobs()).some(isLive));
const undisturbed = new Map((await jobs()).map((job) => [job.stackId, concluded(job)]));
for (let round = 0; round < KILLS_PER_POINT; round++)
  for (const operation of operations)
    for (const moment of moments) {
      const problem = await trial(operation, moment);
      if (problem) failed.push(`${operation}, ${moment}: ${problem}`);
    }
worker.kill("SIGKILL");
console.log(
  JSON.stringify({
    kills,
    lostOrDoubled: failed.length,
    mostOrphansOfAKill,
    orphans,
    failed,
    complete: failed.length === 0,
  }),
);
trap.close();
await world.end();
process.exit(failed.length === 0 ? 0 : 1);

async function trial(operation: string, moment: Moment): Promise<string | null> {
  const isSingle = operation === "DetectStackResourceDrift";
  begun = 0;
  const before = new Set((await jobs()).map(({ id }) => id));
  const killed = new Promise<void>((resolve) => {
    const victim = worker;
    const spring = () => {
      victim.once("exit", () => resolve());
      victim.kill("SIGKILL");
    };
    trap.arm({ operation, moment, spring });
  });
  const asked = isSingle
    ? [await askAgain()]
    : (await triggerMany(ctx, { everything: true })).started.map(({ jobId }) => jobId);
  await movingOn(trap.isArmed);
  if (trap.isArmed()) return "the moment never came";
  await killed;
  kills++;
  await leasesRunOut();
  worker = startWorker(trap.env);
  await movingOn(async () => (await jobs()).some(isLive));

  const made = (await jobs()).filter(({ id }) => !before.has(id));
  if (made.length !== asked.length) return `${asked.length} were asked for, ${made.length} jobs are there`;
  const open = made.find(({ status }) => status !== "DETECTION_COMPLETE");
  if (open) return `a job did not complete: ${open.status} ${open.failureReason ?? ""}`;
  const wrong = made.find(({ stack, results }) => hasFound(results) !== world.toBeFound.get(stack!.resource.nativeId));
  if (wrong) return `a detection has found ${hasFound(wrong.results)}`;
  const other = made.find((job) => concluded(job) !== undisturbed.get(job.stackId));
  if (other) return `without a kill it is ${undisturbed.get(other.stackId)}, and now ${concluded(other)}`;
  const whole = made.filter(({ kind }) => kind === "STACK");
  if (new Set(whole.map(({ driftDetectionId }) => driftDetectionId)).size !== whole.length)
    return "two jobs share a detection";
  const lost = begun - whole.length;
  orphans += lost;
  mostOrphansOfAKill = Math.max(mostOrphansOfAKill, lost);
  return lost > 1 ? `one kill left ${lost} detections that nobody knows of` : null;
}

function concluded({ verdict, differences, driftStatus, severity }: Awaited<ReturnType<typeof jobs>>[number]): string {
  return `${verdict} ${severity} ${driftStatus}, ${differences} differences`;
}

/** Time passes quickly: what waits for its next look is due. What a worker has in hand is left to it. */
async function movingOn(isOn: () => boolean | Promise<boolean>): Promise<void> {
  for (const until = performance.now() + 90_000; performance.now() < until && (await isOn()); await delay(150))
    await forTenant(
      ctx.tenantId,
      (tx) =>
        tx.$executeRaw`update "DriftDetectionJob" set "dueAt" = 'epoch' where "id" in (
          select "id" from "DriftDetectionJob" where "dueAt" > now() for update skip locked)`,
    );
}

/** As 45 s after the death of who held them. */
function leasesRunOut() {
  return forTenant(ctx.tenantId, (tx) => tx.driftDetectionJob.updateMany({ data: { leaseUntil: null } }));
}

/** A resource is looked at again, as if it had been unknown. */
async function askAgain(): Promise<string> {
  const stack = await forTenant(ctx.tenantId, (tx) =>
    tx.cloudFormationStack.findFirstOrThrow({ where: { detectionId: { not: null } }, orderBy: { id: "asc" } }),
  );
  await forTenant(ctx.tenantId, (tx) =>
    tx.stackDriftResult.updateMany({
      where: { detectionId: stack.detectionId!, resourceLogicalId: "Handler" },
      data: { driftStatus: "UNKNOWN" },
    }),
  );
  return (await recheckUnknown(ctx, { stackId: stack.id })).jobId;
}

function isLive({ status }: { status: string }): boolean {
  return status === "QUEUED" || status === "DETECTION_IN_PROGRESS";
}

function jobs() {
  return forTenant(ctx.tenantId, (tx) =>
    tx.driftDetectionJob.findMany({ include: { results: true, stack: { include: { resource: true } } } }),
  );
}
