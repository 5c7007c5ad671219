import type { TenantId, TenantTx } from "../db/client";
import type { DriftJobKind, DriftTrigger, Prisma } from "../db/generated/client";
import { currentTraceparent } from "../tracing";
import { raiseQueued } from "./job-queries";
import { takeQueue } from "./lock-queries";

/** What is to be detected: a stack's Resource row. */
export interface WantedStack {
  id: string;
  accountId: string;
  region: string;
}

export interface EnqueueOptions {
  trigger: DriftTrigger;
  /** The higher goes first: what a person asked for before what a schedule did. */
  priority: number;
  kind?: DriftJobKind;
  /** With kind RESOURCES. */
  logicalIds?: string[];
}

type LiveJobs = Map<string, { jobId: string; isNew: boolean }>;

/**
 * Writes the intent to detect each stack, before AWS is asked; returns the live job of each, and whether it is new. The
 * partial unique index makes two clicks at once one job. A stack is left out where the job that barred its own has ended
 * meanwhile, twice.
 */
export async function enqueue(
  tx: TenantTx,
  tenantId: TenantId,
  stacks: WantedStack[],
  options: EnqueueOptions,
): Promise<LiveJobs> {
  await takeQueue(tx, tenantId);
  const jobs = await enqueueOnce(tx, tenantId, stacks, options);
  const missed = stacks.filter(({ id }) => !jobs.has(id));
  return missed.length > 0 ? new Map([...jobs, ...(await enqueueOnce(tx, tenantId, missed, options))]) : jobs;
}

async function enqueueOnce(
  tx: TenantTx,
  tenantId: TenantId,
  stacks: WantedStack[],
  { trigger, priority, kind = "STACK", logicalIds = [] }: EnqueueOptions,
): Promise<LiveJobs> {
  await tx.cloudFormationStack.createMany({
    data: stacks.map(({ id, accountId }) => ({ id, tenantId, accountId })),
    skipDuplicates: true,
  });
  const lanes = new Map(
    stacks.map(({ accountId, region }) => [`${accountId} ${region}`, { accountId, region, tenantId }]),
  );
  await tx.driftLane.createMany({ data: [...lanes.values()], skipDuplicates: true });
  const made = await tx.driftDetectionJob.createManyAndReturn({
    data: stacks.map(({ id: stackId, accountId, region }) => ({
      tenantId,
      accountId,
      stackId,
      region,
      trigger,
      priority,
      kind,
      logicalIds,
      traceparent: currentTraceparent(),
    })),
    skipDuplicates: true,
    select: { id: true, stackId: true },
  });
  const isNew = new Set(made.map(({ id }) => id));
  const isLive = {
    stackId: { in: stacks.map(({ id }) => id) },
    status: { in: ["QUEUED" as const, "DETECTION_IN_PROGRESS" as const] },
  };
  if (kind === "STACK") await widen(tx, isLive);
  // What a schedule has queued goes first once a person waits for it.
  await raiseQueued(tx, { stackIds: isLive.stackId.in, priority });
  const live = await tx.driftDetectionJob.findMany({ where: isLive, select: { id: true, stackId: true } });
  return new Map(live.flatMap(({ id, stackId }) => (stackId ? [[stackId, { jobId: id, isNew: isNew.has(id) }]] : [])));
}

/**
 * A live look at some resources alone becomes a detection of the whole stack, as that is asked for now. Whoever holds it finds
 * its fence gone, so nothing is added to what is dropped here.
 */
async function widen(tx: TenantTx, isLive: Prisma.DriftDetectionJobWhereInput): Promise<void> {
  const narrow = await tx.driftDetectionJob.updateManyAndReturn({
    where: { ...isLive, kind: "RESOURCES" },
    data: {
      kind: "STACK",
      logicalIds: [],
      resourcesDone: 0,
      status: "QUEUED",
      startedAt: null,
      dueAt: new Date(),
      attempts: 0,
      leaseUntil: null,
      holdsPlaceUntil: null,
      fence: { increment: 1 },
    },
    select: { id: true },
  });
  await tx.stackDriftResult.deleteMany({ where: { detectionId: { in: narrow.map(({ id }) => id) } } });
}
