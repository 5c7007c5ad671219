import type { TenantId, TenantTx } from "../db/client";
import type { DriftJobKind, DriftTrigger } from "../db/generated/client";

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

/**
 * Writes the intent to detect each stack, before AWS is asked; returns the live job of each, and whether it is new. The
 * partial unique index makes two clicks at once one job.
 */
export async function enqueue(
  tx: TenantTx,
  tenantId: TenantId,
  stacks: WantedStack[],
  { trigger, priority, kind = "STACK", logicalIds = [] }: EnqueueOptions,
): Promise<Map<string, { jobId: string; isNew: boolean }>> {
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
    })),
    skipDuplicates: true,
    select: { id: true, stackId: true },
  });
  const isNew = new Set(made.map(({ id }) => id));
  const live = await tx.driftDetectionJob.findMany({
    where: {
      stackId: { in: stacks.map(({ id }) => id) },
      status: { in: ["QUEUED", "DETECTION_IN_PROGRESS"] },
    },
    select: { id: true, stackId: true },
  });
  return new Map(live.flatMap(({ id, stackId }) => (stackId ? [[stackId, { jobId: id, isNew: isNew.has(id) }]] : [])));
}
