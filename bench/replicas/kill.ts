/** One of the processes is killed outright while it holds work; the others serve on and finish all of it, once. */
import { requestSync } from "../../server/resources/service";
import type { RoomContext } from "../../server/context";
import { forTenant } from "../../server/db/client";
import { triggerMany } from "../../server/drift/service";
import { eventually } from "../../tests/harness/processes";
import { bearerOf, signalAll, type Replica } from "./installation";

export interface Kill {
  victim: string;
  /** Scans and detections that were its own when it died. */
  held: number;
  takenOver: number;
  /** What the database still committed for it as it died. */
  endedWithIt: number;
  secondsUntilTakenOver: number;
  secondsUntilDone: number;
  /** Web processes that are left, and how many of them answered right after it, a probe and a person. */
  webLeft: number;
  webAnswered: number;
  /** What was done more than once or not at all, in words. */
  problems: string[];
}

interface Held {
  id: string;
  fence: number;
}

/**
 * The others are stopped until `victim` has work, so that all that is held at its death was its own. `resources` is what AWS has in
 * all; `detectionsAsked` counts the calls that began a detection.
 */
export async function kill(
  ctx: RoomContext,
  { victim, others, stackId, resources }: { victim: Replica; others: Replica[]; stackId: string; resources: number },
  detectionsAsked: () => Promise<number>,
): Promise<Kill> {
  const problems: string[] = [];
  const asked = await detectionsAsked();
  for (const other of others) signalAll(other, "SIGSTOP");
  const since = new Date();
  await requestSync(ctx, {});
  const { started } = await triggerMany(ctx, { stackIds: [stackId] });
  const jobId = started[0]!.jobId;
  await eventually("the victim has work", async () => (await heldNow(ctx)).length > 20);
  signalAll(victim, "SIGKILL");
  await victim.ended;
  const diedAt = performance.now();
  const held = await heldNow(ctx);
  for (const other of others) signalAll(other, "SIGCONT");

  const web = others.filter(({ isWeb }) => isWeb);
  const answered = await Promise.all(web.map(serves));
  const isTakenOver = async () => (await fateOf(ctx, held)).waiting === 0;
  await eventually("all that it held has another owner", isTakenOver, 120_000);
  const secondsUntilTakenOver = secondsSince(diedAt);
  await eventually("everything ends", () => isSettled(ctx), 240_000);
  const secondsUntilDone = secondsSince(diedAt);
  const fate = await fateOf(ctx, held);

  await forTenant(ctx.tenantId, async (tx) => {
    const runs = await tx.syncRun.findMany({ where: { startedAt: { gte: since } } });
    const accounts = await tx.awsAccount.count();
    if (runs.length !== accounts) problems.push(`${runs.length} syncs of ${accounts} accounts`);
    for (const { state, appeared, gone } of runs)
      if (state !== "COMPLETE" || appeared + gone > 0)
        problems.push(`a sync ended ${state} with ${appeared} appeared, ${gone} gone`);
    // AWS keeps in the stack itself when it was detected last.
    const changed = await tx.resource.count({ where: { lastChangedAt: { gte: since }, id: { not: stackId } } });
    if (changed > 0) problems.push(`${changed} resources changed of themselves`);
    const seen = runs.reduce((sum, run) => sum + run.resourcesSeen, 0);
    if (seen !== resources) problems.push(`${seen} resources seen of ${resources}`);
    const stored = await tx.resource.count();
    if (stored !== resources) problems.push(`${stored} resources stored of ${resources}`);
    const rolledUp = (await tx.resourceRollup.aggregate({ _sum: { live: true } }))._sum.live;
    if (rolledUp !== resources) problems.push(`${rolledUp} resources counted of ${resources}`);
    const jobs = await tx.driftDetectionJob.findMany({ where: { createdAt: { gte: since } } });
    if (jobs.length !== 1) problems.push(`${jobs.length} detections for one click`);
    const job = jobs.find(({ id }) => id === jobId);
    if (job?.status !== "DETECTION_COMPLETE") problems.push(`the detection ended ${job?.status}`);
    if ((await tx.stackDriftResult.count({ where: { detectionId: jobId } })) === 0) problems.push("no drift results");
    const events = await tx.auditEvent.count({ where: { at: { gte: since } } });
    if (events !== 2) problems.push(`${events} audit events for two clicks`);
  });
  // AWS may have begun one whose answer the victim no longer read: at most one orphan a crash.
  const begun = (await detectionsAsked()) - asked;
  if (begun > 2) problems.push(`AWS was asked for ${begun} detections`);

  return {
    victim: victim.name,
    held: held.length,
    takenOver: fate.takenOver,
    endedWithIt: held.length - fate.takenOver - fate.waiting,
    secondsUntilTakenOver,
    secondsUntilDone,
    webLeft: web.length,
    webAnswered: answered.filter(Boolean).length,
    problems,
  };
}

/** True when no sync and no detection runs and nothing waits to be scanned. */
export async function isSettled(ctx: RoomContext): Promise<boolean> {
  return forTenant(ctx.tenantId, async (tx) => {
    if ((await tx.syncRun.count({ where: { finishedAt: null } })) > 0) return false;
    if ((await tx.scanCell.count({ where: { state: { in: ["QUEUED", "RUNNING"] } } })) > 0) return false;
    return (await tx.driftDetectionJob.count({ where: { completedAt: null } })) === 0;
  });
}

function heldNow(ctx: RoomContext): Promise<Held[]> {
  return forTenant(ctx.tenantId, async (tx) => {
    const select = { id: true, fence: true };
    const leased = { leaseUntil: { gt: new Date() } };
    const cells = await tx.scanCell.findMany({ where: { state: "RUNNING", ...leased }, select });
    return [...cells, ...(await tx.driftDetectionJob.findMany({ where: leased, select }))];
  });
}

/** How many of these rows somebody else has claimed since, as every claim moves the fence on, and how many wait for that. */
function fateOf(ctx: RoomContext, held: Held[]): Promise<{ takenOver: number; waiting: number }> {
  return forTenant(ctx.tenantId, async (tx) => {
    const query = {
      where: { id: { in: held.map(({ id }) => id) } },
      select: { id: true, fence: true, leaseUntil: true },
    };
    const rows = [...(await tx.scanCell.findMany(query)), ...(await tx.driftDetectionJob.findMany(query))];
    const before = new Map(held.map(({ id, fence }) => [id, fence]));
    return {
      takenOver: rows.filter(({ id, fence }) => fence > before.get(id)!).length,
      waiting: rows.filter(({ id, fence, leaseUntil }) => fence === before.get(id) && leaseUntil !== null).length,
    };
  });
}

/** A probe, and a person whose accounts it lists. */
async function serves({ origin }: Replica): Promise<boolean> {
  const ready = await fetch(`${origin}/api/health/ready`);
  const listed = await fetch(`${origin}/api/aws-accounts`, { headers: bearerOf("user_watching") });
  return ready.ok && listed.ok;
}

function secondsSince(moment: number): number {
  return Math.round((performance.now() - moment) / 100) / 10;
}
