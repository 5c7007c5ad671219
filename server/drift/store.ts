import { statementFor } from "../accounts/role-policy";
import type { TenantId, TenantTx } from "../db/client";
import { Prisma, type DriftJobKind, type StackDriftResult } from "../db/generated/client";
import type { Json } from "../aws/collectors/define";
import { resolvedSince, type FoundBefore, type FoundResource, type StoredDifference } from "./assess";
import { coverageOf, verdictOf } from "./coverage";
import { lastKnownResults, usualDuration } from "./job-queries";
import { judged } from "./judgement";
import { holdRules } from "./lock-queries";

interface Finding {
  found: FoundResource[];
  /** What was last known; null where there was no detection before. */
  before: FoundBefore[] | null;
  /** AWS's word. */
  driftStatus: string;
  /** As of when AWS's word on the stack is ours to tell, by AWS's clock. */
  detectedAt: Date | null;
}

/** Keeps what was found of resources under the job that found it. */
export async function storeResults(
  tx: TenantTx,
  job: { id: string; tenantId: TenantId },
  found: FoundResource[],
): Promise<void> {
  await tx.stackDriftResult.createMany({ data: found.map((one) => toStored(one, job.id, job.tenantId)) });
}

/** Writes a detection's summary and the stack's new state, in the transaction that ended its job. */
export async function storeDetection(
  tx: TenantTx,
  job: { id: string; tenantId: TenantId; kind: DriftJobKind; stack: { id: string; accountId: string } },
  { found, before, driftStatus, detectedAt }: Finding,
): Promise<void> {
  const { id: stackId, accountId } = job.stack;
  const coverage = coverageOf(found, statementFor);
  await holdRules(tx, job.tenantId);
  const { severity, open, ignored, drifted, fresh } = judged(
    found,
    { accountId, stackId },
    await tx.ignoreRule.findMany(),
    new Date(),
  );
  const verdict = verdictOf(coverage, { open, ignored });
  const told = { driftStatus, verdict, severity, coverage: asJson(coverage), newDifferences: before && fresh };
  await tx.driftDetectionJob.update({
    where: { id: job.id },
    data: {
      ...told,
      driftedResources: coverage.modified + coverage.deleted,
      differences: open + ignored,
      resolved: before ? resolvedSince(before, found) : [],
    },
  });
  await tx.cloudFormationStack.update({
    where: { id: stackId },
    data: {
      ...told,
      detectionId: job.id,
      detectedAt,
      ...(job.kind === "STACK" && { wholeDetectedAt: detectedAt }),
      driftedResources: drifted,
      openDifferences: open,
      ignoredDifferences: ignored,
      usualMs: await usualDuration(tx, stackId),
    },
  });
}

/**
 * What was last known of each of these resources, null where there was no detection: one that could not be checked keeps what an earlier
 * detection found of it, so that what is seen again is not told as new.
 */
export async function lastKnown(
  tx: TenantTx,
  { id, detectionId }: { id: string; detectionId: string | null },
  resources: { logicalId: string }[],
): Promise<FoundBefore[] | null> {
  if (detectionId === null) return null;
  const logicalIds = resources.map(({ logicalId }) => logicalId);
  const rows = await lastKnownResults(tx, id, logicalIds);
  // Only `toStored` writes this column, so its shape is the one that was written.
  return rows.map(({ differences, ...row }) => ({ ...row, differences: differences as StoredDifference[] }));
}

/** Everything that a detection found, as it was stored; null where there is no detection. */
export async function storedResults(tx: TenantTx, detectionId: string | null): Promise<FoundResource[] | null> {
  if (detectionId === null) return null;
  const rows = await tx.stackDriftResult.findMany({ where: { detectionId }, orderBy: { resourceLogicalId: "asc" } });
  return rows.map(fromStored);
}

/** Only `toStored` writes these columns, so their shapes are those that were written. */
export function fromStored(row: StackDriftResult): FoundResource {
  return {
    logicalId: row.resourceLogicalId,
    physicalId: row.resourcePhysicalId,
    type: row.resourceType,
    driftStatus: row.driftStatus,
    reason: row.driftStatusReason,
    checkedAt: row.checkedAt,
    expected: row.expectedProperties as Json | null,
    actual: row.actualProperties as Json | null,
    differences: row.propertyDifferences as unknown as StoredDifference[],
    isNew: row.isNew,
  };
}

function toStored(found: FoundResource, detectionId: string, tenantId: TenantId) {
  return {
    tenantId,
    detectionId,
    resourceLogicalId: found.logicalId,
    resourcePhysicalId: found.physicalId,
    resourceType: found.type,
    driftStatus: found.driftStatus,
    driftStatusReason: found.reason,
    checkedAt: found.checkedAt,
    expectedProperties: orNull(found.expected),
    actualProperties: orNull(found.actual),
    propertyDifferences: found.differences as unknown as Prisma.InputJsonValue,
    isNew: found.isNew,
  };
}

/** SQL's NULL and not JSON's null: the side is absent. */
function orNull(value: Json | null) {
  return value === null ? Prisma.DbNull : (value as Prisma.InputJsonValue);
}

export function asJson(value: object): Prisma.InputJsonValue {
  return value as Prisma.InputJsonValue;
}
