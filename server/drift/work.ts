import { setMaxListeners } from "node:events";
import { openSession } from "../aws/session";
import { toFailure } from "../aws/to-failure";
import { LEASE_SECONDS } from "../db/claim";
import { claimDriftJobs, releaseDriftJob, renewDriftJobs, type ClaimedDriftJob } from "../db/claim-drift";
import { forTenant } from "../db/client";
import { log, withLogContext } from "../log";
import { metrics } from "../metrics";
import { handBackLate } from "../shutdown";
import { traced } from "../tracing";
import type { Failure } from "../aws/failure";
import { JobLost, keepPlace, narrowLane, putOff, type JobEnd, type PutOff } from "./job-queries";
import { afterFailure, isAlreadyRunning, isOverdue, isRefusal, nextLookSeconds } from "./polling";
import { endEarly, takeStep, tookTooLong, type StepJob } from "./step";

const JOBS_AT_ONCE = 20;
/** Where AWS did not say whether it has ended what nobody waits for. */
const ASK_AGAIN_SECONDS = 60;

/**
 * Takes one step of each due drift job: begins what is queued, looks at what runs, reads what is complete, and asks AWS for the
 * end of what has ended here before. Returns how many steps were taken. A step that `signal` cuts off is handed back.
 */
export async function workDriftJobs({ deadline, signal }: { deadline: number; signal: AbortSignal }): Promise<number> {
  const leftMs = Math.ceil(deadline - performance.now());
  if (signal.aborted || leftMs <= 0) return 0;
  const claimed = await claimDriftJobs(JOBS_AT_ONCE);
  if (claimed.length > 0) await workClaimed(claimed, AbortSignal.any([signal, AbortSignal.timeout(leftMs)]));
  return claimed.length;
}

/** The first step of a job at once, for whoever has just asked for it; where its lane is full it stays queued. */
export async function beginNow(jobId: string, signal: AbortSignal): Promise<void> {
  const claimed = await claimDriftJobs(1, [jobId]);
  await workClaimed(claimed, signal);
}

async function workClaimed(claimed: ClaimedDriftJob[], signal: AbortSignal): Promise<void> {
  setMaxListeners(0, signal);
  const running = new Map(claimed.map((job) => [job.id, job]));
  const heartbeat = setInterval(
    () => {
      renewDriftJobs([...running.values()].map(({ id, fence }) => ({ id, fence }))).catch((error: unknown) =>
        log.warn({ err: error }, "could not renew the leases of running detections"),
      );
    },
    (LEASE_SECONDS * 1000) / 3,
  );
  const forget = handBackLate(() => Promise.all([...running.values()].map((job) => releaseDriftJob(job))));
  try {
    await Promise.all(
      claimed.map((job) =>
        withLogContext({ tenantId: job.tenantId, accountId: job.accountId, job: "drift" }, () =>
          workJob(job, signal).finally(() => running.delete(job.id)),
        ),
      ),
    );
  } finally {
    clearInterval(heartbeat);
    forget();
  }
}

async function workJob(claimed: ClaimedDriftJob, signal: AbortSignal): Promise<void> {
  // What AWS throttled may have begun in the end; there were too many all the same.
  let isThrottled = false;
  const onThrottle = (operation: string) => {
    if (operation === "DetectStackDrift") isThrottled = true;
  };
  try {
    const job = await readJob(claimed);
    if (!job) return; // cancelled between the claim and now
    if (job.account.pausedAt) return job.completedAt ? await stay(claimed, null) : await endEarly(job, paused);
    const { awsAccountId, roleArn, externalId, region: home } = job.account;
    const session = openSession({ awsAccountId, roleArn, externalId: externalId.value }, "drift", { region: home });
    const access = session.at(job.region, { signal, onThrottle });
    await traced("detection", { "cloud.region": job.region }, () => takeStep(job, access), { parent: job.traceparent });
  } catch (error) {
    await endBadly(claimed, error, signal);
  }
  if (isThrottled) await narrow(claimed);
}

async function narrow({ tenantId, accountId, region, id }: ClaimedDriftJob): Promise<void> {
  await forTenant(tenantId, (tx) => narrowLane(tx, { accountId, region })).catch((error: unknown) =>
    log.warn({ err: error, jobId: id }, "a throttled lane could not be narrowed"),
  );
}

function readJob({ id, tenantId, fence }: ClaimedDriftJob): Promise<StepJob | null> {
  return forTenant(tenantId, async (tx) => {
    const job = await tx.driftDetectionJob.findFirst({
      where: { id, fence },
      include: { account: { include: { externalId: true } }, stack: { include: { resource: true } } },
    });
    // Both are there as long as the job is live: a disconnect cancels it.
    return job?.account && job.stack ? { ...job, tenantId, account: job.account, stack: job.stack } : null;
  });
}

async function endBadly(claimed: ClaimedDriftJob, error: unknown, signal: AbortSignal): Promise<void> {
  try {
    if (error instanceof JobLost) throw error;
    if (signal.aborted) return await releaseDriftJob(claimed);
    // Anew: a step that came some way before it failed has begun to count its errors again.
    const job = await readJob(claimed);
    if (!job) return;
    const failure = toFailure(error);
    if (job.completedAt) return await stay(claimed, afterFailure(failure, 1) === "give up" ? null : ASK_AGAIN_SECONDS);
    if (isAlreadyRunning(failure))
      return isOverdue(claimed.startedAt, new Date())
        ? await endEarly(job, tookTooLong)
        : await later(claimed, { afterSeconds: nextLookSeconds(0), attempts: 0 });
    const attempts = job.attempts + 1;
    const isRefused = job.driftDetectionId === null && isRefusal(failure);
    const next = afterFailure(failure, attempts);
    log.info({ jobId: job.id, failure, next }, "a drift detection met an error");
    if (next !== "give up") return await later(claimed, { ...next, attempts, isRefused });
    await endEarly(job, { status: "DETECTION_FAILED", failure: told(failure), mayRunOn: !isRefused });
  } catch (lost) {
    if (lost instanceof JobLost) return; // somebody else has the row now, or it was cancelled: nothing to say
    metrics.jobEnds.inc({ job: "drift", outcome: "failed" });
    log.error({ err: lost, jobId: claimed.id }, "a drift job could not be written; its lease will run out");
  }
}

const later = (job: ClaimedDriftJob, how: PutOff) => forTenant(job.tenantId, (tx) => putOff(tx, job, how));

const stay = (job: ClaimedDriftJob, afterSeconds: number | null) =>
  forTenant(job.tenantId, (tx) => keepPlace(tx, job, afterSeconds));

const paused: JobEnd = {
  status: "CANCELLED",
  failure: { kind: "paused", reason: "The account was paused.", action: null },
  mayRunOn: true,
};

const told = ({ kind, message, action }: Failure) => ({ kind, reason: message, action });
