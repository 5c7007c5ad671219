import { laneCap, PLACE_KEPT } from "../db/claim-drift";
import type { TenantTx } from "../db/client";
import { Prisma } from "../db/generated/client";
import { metrics } from "../metrics";

/** A job as its holder knows it: every write carries the fence. */
export interface HeldJob {
  id: string;
  fence: number;
}

/** The row was taken over or cancelled meanwhile: nothing of this step may be written any more. */
export class JobLost extends Error {
  override readonly name = "JobLost";
}

export interface PutOff {
  afterSeconds: number;
  /** AWS has just begun it. */
  driftDetectionId?: string;
  attempts: number;
  /** AWS refused to begin it, so that it has no place in its lane meanwhile. */
  isRefused?: boolean;
}

/** Writes to a live job that is still ours and lets go of it until `afterSeconds`. Throws JobLost. */
export async function putOff(
  tx: TenantTx,
  job: HeldJob,
  { afterSeconds, driftDetectionId, attempts, isRefused = false }: PutOff,
): Promise<void> {
  const begun = driftDetectionId
    ? Prisma.sql`, "driftDetectionId" = ${driftDetectionId}, "status" = 'DETECTION_IN_PROGRESS', "startedAt" = now()`
    : Prisma.empty;
  const placeless = isRefused ? Prisma.sql`, "holdsPlaceUntil" = null` : Prisma.empty;
  await written(
    job,
    tx.$executeRaw`
      update "DriftDetectionJob" set "dueAt" = now() + make_interval(secs => ${afterSeconds}), "leaseUntil" = null, "attempts" = ${attempts} ${begun} ${placeless}
      where ${isOurs(job)}`,
  );
}

/**
 * Somebody waits for the result: the next look comes within `withinSeconds`. What waits after an error keeps its time, and who
 * holds the job is not disturbed.
 */
export async function hastenLook(tx: TenantTx, jobId: string, withinSeconds: number): Promise<void> {
  await tx.$executeRaw`
    update "DriftDetectionJob" set "dueAt" = now() + make_interval(secs => ${withinSeconds})
    where "id" = ${jobId} and "status" = 'DETECTION_IN_PROGRESS' and "attempts" = 0 and "leaseUntil" is null
      and "dueAt" > now() + make_interval(secs => ${withinSeconds})`;
}

/** Lets what waits for these stacks go no later than by `priority`. What a worker is about to begin is left to it: nobody waits for a lock. */
export async function raiseQueued(
  tx: TenantTx,
  { stackIds, priority }: { stackIds: string[]; priority: number },
): Promise<void> {
  await tx.$executeRaw`
    update "DriftDetectionJob" set "priority" = ${priority} where "id" in (
      select "id" from "DriftDetectionJob" where "stackId" = any(${stackIds}) and "status" = 'QUEUED' and "priority" < ${priority}
      for update skip locked)`;
}

/** For what cannot be taken back, just before it is done. Throws JobLost. */
export async function mustHold(tx: TenantTx, job: HeldJob): Promise<void> {
  const held = tx.$queryRaw<unknown[]>`select from "DriftDetectionJob" where ${isOurs(job)}`;
  await written(
    job,
    held.then((rows) => rows.length),
  );
}

/** Says how far a job has come that looks at resources one by one; the errors before that count no longer. Throws JobLost. */
export async function noteProgress(tx: TenantTx, job: HeldJob, resourcesDone: number): Promise<void> {
  await written(
    job,
    tx.$executeRaw`
      update "DriftDetectionJob" set "resourcesDone" = ${resourcesDone}, "status" = 'DETECTION_IN_PROGRESS', "attempts" = 0 where ${isOurs(job)}`,
  );
}

export interface JobEnd {
  status: "DETECTION_COMPLETE" | "DETECTION_FAILED" | "CANCELLED";
  failure: { kind: string; reason: string; action: string | null } | null;
  /** It ends here, and not at AWS as far as anybody knows: it keeps its place in the lane. */
  mayRunOn: boolean;
}

/** Ends a job that is still ours: whatever else its end writes comes after this in the same transaction. Throws JobLost. */
export async function endJob(tx: TenantTx, job: HeldJob, { status, failure, mayRunOn }: JobEnd): Promise<void> {
  await written(
    job,
    tx.$executeRaw`
      update "DriftDetectionJob" set "status" = ${status}::"DriftJobStatus", "completedAt" = now(), "leaseUntil" = null,
        ${mayRunOn ? runsOn : runsNoMore}, "failureKind" = ${failure?.kind ?? null}, "failureReason" = ${failure?.reason ?? null}, "failureAction" = ${failure?.action ?? null}
      where ${isOurs(job)}`,
  );
  if (status !== "CANCELLED")
    metrics.jobEnds.inc({ job: "drift", outcome: status === "DETECTION_COMPLETE" ? "ok" : "failed" });
}

/**
 * Ends a job of whoever holds it, where it is live. The holder finds its fence gone and writes nothing more; what a look at resources one
 * by one has learnt goes, as nobody wants it.
 */
export async function cancelLive(
  tx: TenantTx,
  jobId: string,
  { kind, reason }: { kind: string; reason: string },
): Promise<void> {
  await tx.$executeRaw`
    update "DriftDetectionJob" set "status" = 'CANCELLED', "completedAt" = now(), "leaseUntil" = null, "fence" = "fence" + 1, ${runsOn},
      "failureKind" = ${kind}, "failureReason" = ${reason}
    where "id" = ${jobId} and ${isLive}`;
  await tx.stackDriftResult.deleteMany({ where: { detectionId: jobId, detection: { verdict: null } } });
}

/**
 * What ends while AWS may go on: its place is kept, and from now on AWS is asked whether it has ended it. Without AWS's id nobody
 * can ask: most detections are over within minutes.
 */
const runsOn = Prisma.sql`
  "dueAt" = case when "driftDetectionId" is not null then now() + interval '15 seconds' end,
  "holdsPlaceUntil" = case when "holdsPlaceUntil" is null or "kind" = 'RESOURCES' then null
    when "driftDetectionId" is null then now() + interval '5 minutes' else now() + ${PLACE_KEPT} end`;
const runsNoMore = Prisma.sql`"dueAt" = null, "holdsPlaceUntil" = null`;

/** AWS began a job that was cancelled while it was asked: its id is kept with it, so that AWS can be asked when it ends. */
export async function noteBegunLate(tx: TenantTx, { id }: HeldJob, driftDetectionId: string): Promise<void> {
  await tx.$executeRaw`
    update "DriftDetectionJob" set "driftDetectionId" = ${driftDetectionId}, "dueAt" = now() + interval '15 seconds', "holdsPlaceUntil" = now() + ${PLACE_KEPT}
    where "id" = ${id} and "status" = 'CANCELLED' and "accountId" is not null and "driftDetectionId" is null`;
}

/** A job that has ended gives its place back, as AWS has ended it too. */
export async function leaveLane(tx: TenantTx, { id, fence }: HeldJob): Promise<void> {
  await tx.$executeRaw`update "DriftDetectionJob" set ${runsNoMore}, "leaseUntil" = null where "id" = ${id} and "fence" = ${fence}`;
}

/** A job that has ended keeps its place: AWS is asked again in `afterSeconds`, null for not at all, and no longer than it is kept. */
export async function keepPlace(tx: TenantTx, { id, fence }: HeldJob, afterSeconds: number | null): Promise<void> {
  await tx.$executeRaw`
    update "DriftDetectionJob" set "leaseUntil" = null,
      "dueAt" = case when "holdsPlaceUntil" > now() then now() + make_interval(secs => ${afterSeconds}::float8) end
    where "id" = ${id} and "fence" = ${fence}`;
}

/**
 * One detection at a time fewer than now, for a while: AWS called it too fast. Those that run at once are throttled together, and
 * that is one lesson a minute.
 */
export async function narrowLane(tx: TenantTx, lane: { accountId: string; region: string }): Promise<void> {
  await tx.$executeRaw`
    update "DriftLane" l set "cap" = greatest(1, ${laneCap} - 1), "throttledAt" = now()
    where l."accountId" = ${lane.accountId} and l."region" = ${lane.region}
      and (l."throttledAt" is null or l."throttledAt" < now() - interval '1 minute')`;
}

/** Of each of these resources that any detection of the stack could check, or knew to be without support: what the last of these found. */
export function lastKnownResults(
  tx: TenantTx,
  stackId: string,
  logicalIds: string[],
): Promise<{ logicalId: string; driftStatus: string; differences: unknown }[]> {
  return tx.$queryRaw`
    select last.* from unnest(${logicalIds}::text[]) as wanted("id") cross join lateral (
      select r."resourceLogicalId" as "logicalId", r."driftStatus", r."propertyDifferences" as "differences"
      from "DriftDetectionJob" j join "StackDriftResult" r on r."detectionId" = j."id" and r."resourceLogicalId" = wanted."id"
      where j."stackId" = ${stackId} and j."verdict" is not null and r."driftStatus" in ('IN_SYNC', 'MODIFIED', 'DELETED', 'UNSUPPORTED')
      order by j."createdAt" desc limit 1) last`;
}

/** The median of the last complete detections of the stack, in milliseconds; null before the first. */
export async function usualDuration(tx: TenantTx, stackId: string): Promise<number | null> {
  const [row] = await tx.$queryRaw<{ ms: number | null }[]>`
    select (percentile_cont(0.5) within group (order by ms))::int as ms from (
      select extract(epoch from "completedAt" - "startedAt") * 1000 as ms from "DriftDetectionJob"
      where "stackId" = ${stackId} and "kind" = 'STACK' and "status" = 'DETECTION_COMPLETE' order by "completedAt" desc limit 5) latest`;
  return row?.ms ?? null;
}

const isLive = Prisma.sql`"status" in ('QUEUED', 'DETECTION_IN_PROGRESS')`;
const isOurs = ({ id, fence }: HeldJob) => Prisma.sql`"id" = ${id} and "fence" = ${fence} and ${isLive}`;

async function written({ id }: HeldJob, rows: Promise<number>): Promise<void> {
  if ((await rows) === 0) throw new JobLost(`the lease on drift job ${id} was lost`);
}
