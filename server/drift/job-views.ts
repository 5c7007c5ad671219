import { statementFor } from "../accounts/role-policy";
import type { TenantTx } from "../db/client";
import type { DriftDetectionJob, Prisma } from "../db/generated/client";
import type { DriftJobView, JobFailure } from "./views";

/** What a view of a job is made from. */
export const jobInclude = {
  stack: { select: { usualMs: true, resource: { select: { id: true, name: true, nativeId: true } } } },
  account: { select: { awsAccountId: true } },
} as const satisfies Prisma.DriftDetectionJobInclude;

type JobRow = Prisma.DriftDetectionJobGetPayload<{ include: typeof jobInclude }>;

/** The live jobs of these stacks, by the stack's id. */
export async function liveJobs(tx: TenantTx, stackIds: string[]): Promise<Map<string, DriftJobView>> {
  const jobs = await tx.driftDetectionJob.findMany({
    where: { stackId: { in: stackIds }, status: { in: ["QUEUED", "DETECTION_IN_PROGRESS"] } },
    include: jobInclude,
  });
  const queued = await queuedInLanesOf(tx, jobs);
  return new Map(jobs.flatMap((job) => (job.stackId ? [[job.stackId, jobView(job, queued)]] : [])));
}

/** One job as a person follows it. */
export async function viewOfJob(tx: TenantTx, job: JobRow): Promise<DriftJobView> {
  return jobView(job, await queuedInLanesOf(tx, [job]));
}

type Queued = Pick<DriftDetectionJob, "id" | "accountId" | "region" | "priority" | "createdAt">;

/** Those who wait in the same lanes, in the order in which they are begun. */
function queuedInLanesOf(tx: TenantTx, jobs: JobRow[]): Promise<Queued[]> {
  const waiting = jobs.filter(({ status, accountId }) => status === "QUEUED" && accountId !== null);
  if (waiting.length === 0) return Promise.resolve([]);
  return tx.driftDetectionJob.findMany({
    where: { status: "QUEUED", accountId: { in: waiting.flatMap(({ accountId }) => accountId ?? []) } },
    select: { id: true, accountId: true, region: true, priority: true, createdAt: true },
    orderBy: [{ priority: "desc" }, { createdAt: "asc" }, { id: "asc" }],
  });
}

function jobView(job: JobRow, queued: Queued[]): DriftJobView {
  const { id: jobId, driftDetectionId, status, kind, trigger, startedAt, completedAt, stack, account } = job;
  const isLive = status === "QUEUED" || status === "DETECTION_IN_PROGRESS";
  const lane = queued.filter(({ accountId, region }) => accountId === job.accountId && region === job.region);
  const ahead =
    status === "QUEUED"
      ? Math.max(
          0,
          lane.findIndex(({ id }) => id === jobId),
        )
      : null;
  return {
    jobId,
    driftDetectionId,
    status,
    kind,
    trigger,
    stack: stack &&
      account && {
        id: stack.resource.id,
        stackName: stack.resource.name ?? stack.resource.nativeId,
        stackId: stack.resource.nativeId,
        awsAccountId: account.awsAccountId,
        region: job.region,
      },
    queuedAt: job.createdAt,
    startedAt,
    completedAt,
    nextLookAt: isLive ? job.dueAt : null,
    elapsedMs: startedAt && (completedAt ?? new Date()).getTime() - startedAt.getTime(),
    usualMs: stack?.usualMs ?? null,
    ahead,
    progress: kind === "RESOURCES" ? { done: job.resourcesDone, total: job.logicalIds.length } : null,
    message: messageOf(job, ahead),
    failure: failureOf(job),
  };
}

/** Why a job ended without, or with only some, results; null where it did not. */
export function failureOf(
  job: Pick<DriftDetectionJob, "failureKind" | "failureReason" | "failureAction">,
): JobFailure | null {
  const { failureKind, failureReason, failureAction } = job;
  if (!failureKind) return null;
  return {
    // Only the drift room writes this column, with these words.
    kind: failureKind as JobFailure["kind"],
    reason: failureReason ?? "",
    action: failureAction,
    statement: failureAction && failureKind === "denied" ? statementFor(failureAction, failureReason) : null,
  };
}

/** Why a job has not begun: `ahead` wait before it in its account and region. */
export function queuedMessage(
  { leaseUntil, startedAt, attempts }: Pick<DriftDetectionJob, "leaseUntil" | "startedAt" | "attempts">,
  ahead: number,
  now: Date,
): string {
  if (leaseUntil && leaseUntil >= now) return "About to begin.";
  if (attempts > 0) return "AWS did not start it the last time; CloudGuard tries again in a moment.";
  // AWS was asked, and nothing went wrong: it runs one detection of a stack at a time.
  if (startedAt) return "AWS is busy with another detection of this stack; this one begins when that has ended.";
  if (ahead > 0) return `Waiting for ${ahead} ${ahead === 1 ? "detection" : "detections"} before it.`;
  return "Next in line: at most three run at a time in an account's region.";
}

function messageOf(job: JobRow, ahead: number | null): string {
  switch (job.status) {
    case "QUEUED":
      return queuedMessage(job, ahead ?? 0, new Date());
    case "DETECTION_IN_PROGRESS":
      return job.kind === "RESOURCES"
        ? `Looking again at ${job.logicalIds.length} resources: ${job.resourcesDone} done.`
        : "Drift detection started. Results will be available in a few minutes.";
    case "DETECTION_COMPLETE":
      return "Drift detection is complete.";
    case "DETECTION_FAILED":
      return `Drift detection failed: ${job.failureReason ?? "AWS gave no reason."}`;
    case "CANCELLED":
      return job.failureReason ?? "Drift detection was cancelled.";
  }
}
