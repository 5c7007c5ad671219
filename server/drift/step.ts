import type { AwsAccess } from "../aws/access";
import {
  detectionState,
  detectResource,
  lastCheck,
  resourceDrifts,
  stackMembers,
  startDetection,
} from "../aws/cloudformation";
import { toFailure } from "../aws/to-failure";
import { forTenant, type TenantId } from "../db/client";
import type { AwsAccount, CloudFormationStack, DriftDetectionJob, ExternalId, Resource } from "../db/generated/client";
import {
  endJob,
  JobLost,
  keepPlace,
  leaveLane,
  mustHold,
  noteBegunLate,
  noteProgress,
  putOff,
  type JobEnd,
} from "./job-queries";
import { DETECTED_SINCE, isAboutOneResource, isNewerThanOurs, isOverdue, nextLookSeconds } from "./polling";
import { stacksByIds } from "./stack-queries";
import { lastKnown, storeDetection, storedResults, storeResults } from "./store";
import { assess, reachedSince, type AwsResourceDrift, type FoundResource, type StackMember } from "./assess";

/** A job that is held, with what its step needs. */
export type StepJob = DriftDetectionJob & {
  tenantId: TenantId;
  account: AwsAccount & { externalId: ExternalId };
  stack: CloudFormationStack & { resource: Resource };
};

export const tookTooLong: JobEnd = {
  status: "DETECTION_FAILED",
  failure: { kind: "timeout", reason: "AWS did not finish the detection within an hour. Try again.", action: null },
  mayRunOn: true,
};

/** One step of a job, from wherever it stands. Throws what AWS says, and JobLost where the job changed hands. */
export async function takeStep(job: StepJob, access: AwsAccess): Promise<void> {
  if (job.completedAt) await askForEnd(job, access);
  else if (job.kind === "RESOURCES") await lookAtResources(job, access);
  else if (job.driftDetectionId === null) await begin(job, access);
  else await look(job, access, job.driftDetectionId);
}

/**
 * A crash between AWS's answer and our write, or a connection that breaks before it, leaves a detection that nobody knows the id
 * of: DetectStackDrift takes no token that would make it the same one again, and nothing in CloudFormation's API lists the
 * detections of a stack. AWS then refuses another until it has ended, the job waits with its place kept, and begins its own. What
 * the lost one found is not taken for the job's: DescribeStacks tells when it was begun and its word, and not whether it failed.
 * A process begins them one after another, so that a crash leaves one at most.
 */
function begin(job: StepJob, access: AwsAccess): Promise<void> {
  const begun = lastBegin.then(() => beginNext(job, access));
  lastBegin = Promise.allSettled([begun]);
  return begun;
}

let lastBegin: Promise<unknown> = Promise.resolve();

async function beginNext(job: StepJob, access: AwsAccess): Promise<void> {
  // It may have been cancelled while it waited for the others.
  await forTenant(job.tenantId, (tx) => mustHold(tx, job));
  const driftDetectionId = await startDetection(access, job.stack.resource.nativeId);
  try {
    await forTenant(job.tenantId, (tx) =>
      putOff(tx, job, { afterSeconds: nextLookSeconds(0), driftDetectionId, attempts: 0 }),
    );
  } catch (error) {
    if (error instanceof JobLost) await forTenant(job.tenantId, (tx) => noteBegunLate(tx, job, driftDetectionId));
    throw error;
  }
}

/** Of a job that has ended here: whether AWS has ended it as well. Nothing that it found is read. */
async function askForEnd(job: StepJob, access: AwsAccess): Promise<void> {
  const { status } = await detectionState(access, job.driftDetectionId!);
  const elapsedMs = Date.now() - (job.startedAt ?? job.createdAt).getTime();
  await forTenant(job.tenantId, (tx) =>
    status === "DETECTION_IN_PROGRESS" ? keepPlace(tx, job, nextLookSeconds(elapsedMs)) : leaveLane(tx, job),
  );
}

async function look(job: StepJob, access: AwsAccess, driftDetectionId: string): Promise<void> {
  const state = await detectionState(access, driftDetectionId);
  if (state.status === "DETECTION_IN_PROGRESS") {
    const now = new Date();
    const startedAt = job.startedAt ?? job.createdAt;
    const afterSeconds = nextLookSeconds(now.getTime() - startedAt.getTime());
    return forTenant(job.tenantId, (tx) =>
      isOverdue(startedAt, now) ? endJob(tx, job, tookTooLong) : putOff(tx, job, { afterSeconds, attempts: 0 }),
    );
  }
  const stackId = job.stack.resource.nativeId;
  const members = await stackMembers(access, stackId);
  const drifts = await resourceDrifts(access, stackId);
  const failedSince = state.status === "DETECTION_COMPLETE" ? null : state.startedAt;
  await forTenant(job.tenantId, async (tx) => {
    await endJob(tx, job, failedSince ? failedAtAws(state.reason) : complete);
    // A failed detection has partial results. Where it has none at all, what was known before stands.
    if (failedSince && reachedSince(drifts, failedSince).length === 0) return;
    const before = await lastKnown(tx, job.stack, members);
    const found = assess({ members, drifts, before, failedSince });
    await storeResults(tx, job, found);
    await storeDetection(tx, job, {
      found,
      before,
      driftStatus: state.stackDriftStatus ?? "UNKNOWN",
      detectedAt: state.startedAt,
    });
  });
}

const complete: JobEnd = { status: "DETECTION_COMPLETE", failure: null, mayRunOn: false };

function failedAtAws(said: string | null): JobEnd {
  const reason = said ?? "AWS says that the detection failed, without a reason.";
  return { status: "DETECTION_FAILED", failure: { kind: "detection", reason, action: null }, mayRunOn: false };
}

/**
 * The resources that were unknown, one by one; everything else is as the detection before found it. What AWS said of each is
 * kept at once: who takes over goes on with the next.
 */
async function lookAtResources(job: StepJob, access: AwsAccess): Promise<void> {
  const { wanted, before, done } = await forTenant(job.tenantId, async (tx) => {
    const known = (await storedResults(tx, job.stack.detectionId)) ?? [];
    const wanted = known.filter(({ logicalId }) => job.logicalIds.includes(logicalId));
    const done = (await storedResults(tx, job.id))?.map(({ logicalId }) => logicalId);
    return { wanted, before: await lastKnown(tx, job.stack, wanted), done: new Set(done) };
  });
  if (done.size === 0 && (await isSuperseded(job, access))) return endEarly(job, superseded);
  for (const member of wanted.filter(({ logicalId }) => !done.has(logicalId))) {
    const drifts = [await lookAt(access, job.stack.resource.nativeId, member)];
    await forTenant(job.tenantId, async (tx) => {
      await noteProgress(tx, job, done.add(member.logicalId).size);
      await storeResults(tx, job, assess({ members: [member], drifts, before }));
    });
  }
  await endEarly(job, complete);
}

/**
 * Whether the stack was detected after what CloudGuard knows of it, by the console or another tool: inventory reads that some time
 * later, and after a look of ours AWS's last check is that look, so it is asked before.
 */
async function isSuperseded({ stack }: StepJob, access: AwsAccess): Promise<boolean> {
  const checkedAt = await lastCheck(access, stack.resource.nativeId);
  return checkedAt !== null && stack.detectedAt !== null && isNewerThanOurs(checkedAt, stack.detectedAt);
}

const superseded: JobEnd = {
  status: "DETECTION_FAILED",
  failure: { kind: "detection", reason: DETECTED_SINCE, action: null },
  mayRunOn: false,
};

/** What AWS says of one resource. That it refuses to look at this one is an answer: unknown, for AWS's reason. */
async function lookAt(access: AwsAccess, stackId: string, member: StackMember): Promise<AwsResourceDrift> {
  try {
    return await detectResource(access, stackId, member.logicalId);
  } catch (error) {
    const failure = toFailure(error);
    if (!isAboutOneResource(failure)) throw error;
    const { logicalId, physicalId, type } = member;
    const nothing = { expected: null, actual: null, told: null, checkedAt: null };
    return { logicalId, physicalId, type, status: "UNKNOWN", reason: failure.message, ...nothing };
  }
}

/** Ends a job from wherever it stands. What a look at resources one by one has learnt until then counts. Throws JobLost. */
export function endEarly(job: StepJob, how: JobEnd): Promise<void> {
  return forTenant(job.tenantId, async (tx) => {
    await endJob(tx, job, how);
    const again = (await storedResults(tx, job.id)) ?? [];
    if (again.length === 0) return;
    const done = new Set(again.map(({ logicalId }) => logicalId));
    const kept = ((await storedResults(tx, job.stack.detectionId)) ?? [])
      .filter(({ logicalId }) => !done.has(logicalId))
      .map(asKnown);
    await storeResults(tx, job, kept);
    const found = [...kept, ...again];
    const before = await lastKnown(tx, job.stack, found);
    const [known] = await stacksByIds(tx, [job.stack.id]);
    // AWS's word on the stack is as new as this look, unless inventory has seen another's detection of all of it meanwhile.
    const detectedAt = known?.source === "detection" ? new Date() : job.stack.detectedAt;
    await storeDetection(tx, job, { found, before, driftStatus: wordOf(found), detectedAt });
  });
}

/** What was found before is not new now. */
function asKnown(found: FoundResource): FoundResource {
  return { ...found, isNew: false, differences: found.differences.map((one) => ({ ...one, isNew: false })) };
}

/** AWS's word for a stack, from its resources' (DetectStackDrift in the CloudFormation API reference). */
function wordOf(resources: { driftStatus: string }[]): string {
  if (resources.some(({ driftStatus }) => driftStatus === "MODIFIED" || driftStatus === "DELETED")) return "DRIFTED";
  return resources.some(({ driftStatus }) => driftStatus === "UNKNOWN") ? "UNKNOWN" : "IN_SYNC";
}
