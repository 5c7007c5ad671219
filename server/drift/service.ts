import { record } from "../audit/record";
import type { RoomContext } from "../context";
import { forTenant, type TenantTx } from "../db/client";
import { AppError, notFound } from "../errors";
import { jobById } from "./detections";
import { enqueue, type EnqueueOptions } from "./enqueue";
import { eligibilityOf, isSettling } from "./eligibility";
import type { TriggerInput, TriggerManyInput } from "./filter";
import { cancelLive } from "./job-queries";
import { DETECTED_SINCE } from "./polling";
import { stackNamed, stacksByIds, stacksIn, type StoredStack } from "./stack-queries";
import type { DriftJobView, TriggerReceipt } from "./views";
import { beginNow } from "./work";

/** What a person waits for goes before what a schedule began, and one stack before a whole account. */
export const priorities = { one: 100, many: 50, changed: 20, scheduled: 10 };

/** How long a click waits for AWS's first answer; the worker goes on after that. */
const BEGIN_MS = 5_000;

/**
 * Begins a detection of one stack: the intent is written first, then AWS is asked. A detection that is live is joined.
 * CONFLICT with the stack's state where AWS does not take it; of a stack that was changing when inventory read it AWS is asked.
 */
export async function triggerDrift(ctx: RoomContext, input: TriggerInput): Promise<DriftJobView> {
  const jobId = await forTenant(ctx.tenantId, async (tx) => {
    const [stack] = "stackId" in input ? await stacksByIds(tx, [input.stackId]) : [await stackNamed(tx, input)];
    if (!stack) throw notFound("This stack");
    const reason = isSettling(stack.status) ? await pauseOf(tx, stack) : await refusal(tx, stack);
    if (reason) throw refused(stack.stackName, reason);
    const jobId = await enqueueOne(tx, ctx, stack, { trigger: "MANUAL", priority: priorities.one });
    await record(tx, ctx, { action: "drift.trigger", targetId: stack.id, target: called(stack), detail: { jobId } });
    return jobId;
  });
  await beginNow(jobId, AbortSignal.timeout(BEGIN_MS));
  const job = await jobById(ctx, { jobId });
  if (job.failure?.kind === "invalid") throw refused(job.stack?.stackName ?? "The stack", job.failure.reason);
  return job;
}

const refused = (stackName: string, reason: string) =>
  new AppError("CONFLICT", `${stackName} cannot be detected now. ${reason}`);

/** The same for a selection, an account or everything; what cannot be detected is skipped, with the reason. */
export async function triggerMany(ctx: RoomContext, input: TriggerManyInput): Promise<TriggerReceipt> {
  return forTenant(ctx.tenantId, async (tx) => {
    const stacks = await chosen(tx, input);
    const paused = await pausedAccounts(tx);
    const receipt: TriggerReceipt = { started: [], joined: [], skipped: [] };
    const eligible: StoredStack[] = [];
    for (const stack of stacks) {
      const reason = refusalOf(stack, paused);
      if (reason) receipt.skipped.push({ stack: named(stack), reason });
      else eligible.push(stack);
    }
    const jobs = await enqueue(tx, ctx.tenantId, eligible, { trigger: "MANUAL", priority: priorities.many });
    for (const stack of eligible) {
      const job = jobs.get(stack.id);
      if (job) receipt[job.isNew ? "started" : "joined"].push({ jobId: job.jobId, stack: named(stack) });
      else receipt.skipped.push({ stack: named(stack), reason: JUST_ENDED });
    }
    const { started, joined, skipped } = receipt;
    await record(tx, ctx, {
      action: "drift.triggerMany",
      ...(await targetOf(tx, input)),
      detail: { started: started.length, joined: joined.length, skipped: skipped.length },
    });
    return receipt;
  });
}

/**
 * Tries the resources that the stack's latest detection could not check again, one by one. CONFLICT where there are none, and
 * where another's detection is newer than ours, as the rest of ours says nothing then.
 * A detection that is live is joined: it looks at them too.
 */
export async function recheckUnknown(ctx: RoomContext, { stackId }: { stackId: string }): Promise<DriftJobView> {
  const jobId = await forTenant(ctx.tenantId, async (tx) => {
    const [stack] = await stacksByIds(tx, [stackId]);
    if (!stack) throw notFound("This stack");
    const reason = await refusal(tx, stack);
    if (reason) throw refused(stack.stackName, reason);
    if (stack.source === "inventory") throw new AppError("CONFLICT", DETECTED_SINCE);
    const unknown = await unknownResources(tx, stack.detectionId);
    if (unknown.length === 0)
      throw new AppError("CONFLICT", "The latest detection knows every resource. Detect the whole stack instead.");
    const jobId = await enqueueOne(tx, ctx, stack, {
      trigger: "MANUAL",
      priority: priorities.one,
      kind: "RESOURCES",
      logicalIds: unknown,
    });
    const detail = { jobId, resources: unknown.length };
    await record(tx, ctx, { action: "drift.recheckUnknown", targetId: stack.id, target: called(stack), detail });
    return jobId;
  });
  return jobById(ctx, { jobId });
}

/** Ends a live job; what AWS still finds is not read, and takes its place in the lane until AWS has ended it. One that has ended stays as it is. */
export async function cancelJob(ctx: RoomContext, { jobId }: { jobId: string }): Promise<DriftJobView> {
  await forTenant(ctx.tenantId, async (tx) => {
    const job = await tx.driftDetectionJob.findUnique({ where: { id: jobId }, select: { stackId: true } });
    if (!job) throw notFound("This detection");
    await cancelLive(tx, jobId, { kind: "cancelled", reason: "Somebody cancelled it." });
    const [stack] = job.stackId ? await stacksByIds(tx, [job.stackId]) : [];
    await record(tx, ctx, { action: "drift.cancel", targetId: jobId, target: stack && called(stack) });
  });
  return jobById(ctx, { jobId });
}

/** The logical ids that a detection could not check. */
export async function unknownResources(tx: TenantTx, detectionId: string | null): Promise<string[]> {
  if (detectionId === null) return [];
  const rows = await tx.stackDriftResult.findMany({
    where: { detectionId, driftStatus: { notIn: ["IN_SYNC", "MODIFIED", "DELETED", "UNSUPPORTED"] } },
    select: { resourceLogicalId: true },
    orderBy: { resourceLogicalId: "asc" },
  });
  return rows.map(({ resourceLogicalId }) => resourceLogicalId);
}

async function enqueueOne(
  tx: TenantTx,
  ctx: RoomContext,
  stack: StoredStack,
  options: EnqueueOptions,
): Promise<string> {
  const job = (await enqueue(tx, ctx.tenantId, [stack], options)).get(stack.id);
  if (!job) throw new AppError("CONFLICT", JUST_ENDED);
  return job.jobId;
}

/** The live jobs that barred ours, twice, ended in between: what they found is a moment old. */
const JUST_ENDED = "A detection of this stack has ended just now. Look at it, or try again.";

/** The chosen stacks; NOT_FOUND where one of them, or the account, is not the tenant's. */
async function chosen(tx: TenantTx, input: TriggerManyInput): Promise<StoredStack[]> {
  if ("everything" in input) return stacksIn(tx, {});
  if ("accountId" in input) {
    if (!(await tx.awsAccount.findUnique({ where: { id: input.accountId }, select: { id: true } })))
      throw notFound("This account");
    return stacksIn(tx, { accountIds: [input.accountId] });
  }
  const ids = [...new Set(input.stackIds)];
  const stacks = await stacksByIds(tx, ids);
  if (stacks.length < ids.length) throw notFound("One of these stacks");
  return stacks;
}

/** What is detected, for the audit log. */
async function targetOf(tx: TenantTx, input: TriggerManyInput): Promise<{ targetId?: string; target: string }> {
  if ("everything" in input) return { target: "all stacks" };
  if ("accountId" in input) {
    const { name, awsAccountId } = await tx.awsAccount.findUniqueOrThrow({ where: { id: input.accountId } });
    return { targetId: input.accountId, target: `all stacks of ${name} (${awsAccountId})` };
  }
  const count = new Set(input.stackIds).size;
  return { target: count === 1 ? "1 chosen stack" : `${count} chosen stacks` };
}

async function pauseOf(tx: TenantTx, { accountId }: StoredStack): Promise<string | null> {
  return (await pausedAccounts(tx)).has(accountId) ? PAUSED : null;
}

async function refusal(tx: TenantTx, stack: StoredStack): Promise<string | null> {
  return refusalOf(stack, await pausedAccounts(tx));
}

function refusalOf(stack: StoredStack, paused: Set<string>): string | null {
  if (paused.has(stack.accountId)) return PAUSED;
  const eligibility = eligibilityOf({ status: stack.status, isGone: false });
  return eligibility.isEligible ? null : eligibility.reason;
}

const PAUSED = "Its account is paused. Resume it, then detect drift.";

async function pausedAccounts(tx: TenantTx): Promise<Set<string>> {
  const rows = await tx.awsAccount.findMany({ where: { pausedAt: { not: null } }, select: { id: true } });
  return new Set(rows.map(({ id }) => id));
}

/** A stack in words that stay true after it is gone. */
const called = ({ stackName, awsAccountId, region }: StoredStack) => `${stackName} (${awsAccountId}, ${region})`;

const named = ({ id, stackName, awsAccountId, region }: StoredStack) => ({ id, stackName, awsAccountId, region });
