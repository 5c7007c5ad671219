import type { TenantId, TenantTx } from "../db/client";
import { coverageOf, verdictOf } from "./coverage";
import { statementFor } from "../accounts/role-policy";
import type { FoundResource } from "./assess";
import type { Ignorable } from "./ignoring";
import { judged } from "./judgement";
import { holdRules } from "./lock-queries";
import { judge } from "./severity";
import { fromStored } from "./store";
import type { DriftSeverity } from "./views";

/** One difference, or one deletion, of a latest detection. */
export interface Finding extends Ignorable {
  stackName: string;
  awsAccountId: string;
  severity: DriftSeverity;
  because: string;
}

interface Scope {
  accountId?: string | null;
  stackId?: string | null;
}

/** Everything that the latest detections found in the scope, ignored or not, by stack and resource. */
export async function findingsIn(tx: TenantTx, scope: Scope): Promise<Finding[]> {
  const stacks = await latestIn(tx, scope);
  return stacks.flatMap(({ stack, found }) =>
    found.flatMap((resource) => {
      const { type, logicalId } = resource;
      const place = {
        accountId: stack.accountId,
        stackId: stack.id,
        stackName: stack.resource.name ?? stack.resource.nativeId,
      };
      const at = { ...place, awsAccountId: stack.account.awsAccountId, type, logicalId };
      const deletion = { path: "", stablePath: "", actual: null };
      const differences = resource.driftStatus === "DELETED" ? [deletion] : resource.differences;
      return differences.map(({ path, stablePath, actual }) => ({
        ...at,
        path,
        stablePath,
        ...judge({ path, stablePath, actual }, resource),
      }));
    }),
  );
}

/** Brings the counts of the stacks in the scope to what today's rules say. For when a rule was made, deleted, or has ended. */
export async function refreshCounts(tx: TenantTx, tenantId: TenantId, scope: Scope): Promise<void> {
  await holdRules(tx, tenantId, { toChange: true });
  const rules = await tx.ignoreRule.findMany();
  const now = new Date();
  for (const { stack, found } of await latestIn(tx, scope)) {
    const { severity, open, ignored, drifted } = judged(
      found,
      { accountId: stack.accountId, stackId: stack.id },
      rules,
      now,
    );
    const data = {
      severity,
      verdict: verdictOf(coverageOf(found, statementFor), { open, ignored }),
      driftedResources: drifted,
      openDifferences: open,
      ignoredDifferences: ignored,
    };
    // Of many, as it may be gone meanwhile.
    await tx.cloudFormationStack.updateMany({ where: { id: stack.id }, data });
  }
}

/** The stacks of the scope whose latest detection left details, with what it found. */
async function latestIn(tx: TenantTx, { accountId, stackId }: Scope) {
  const stacks = await tx.cloudFormationStack.findMany({
    where: {
      ...(accountId && { accountId }),
      ...(stackId && { id: stackId }),
      detectionId: { not: null },
      resource: { goneAt: null },
    },
    include: { resource: { select: { name: true, nativeId: true } }, account: { select: { awsAccountId: true } } },
    orderBy: { id: "asc" },
  });
  const where = { detectionId: { in: stacks.flatMap(({ detectionId }) => detectionId ?? []) } };
  const rows = await tx.stackDriftResult.findMany({
    where,
    orderBy: { resourceLogicalId: "asc" },
    omit: { expectedProperties: true, actualProperties: true },
  });
  // How much a difference matters may depend on what stands around it; of what does not differ nobody asks.
  const differing = await tx.stackDriftResult.findMany({
    where: { ...where, driftStatus: "MODIFIED" },
    select: { id: true, actualProperties: true },
  });
  const reality = new Map(differing.map(({ id, actualProperties }) => [id, actualProperties]));
  const found = new Map<string, FoundResource[]>();
  for (const row of rows) {
    const ofDetection = found.get(row.detectionId) ?? [];
    found.set(row.detectionId, [
      ...ofDetection,
      fromStored({ ...row, expectedProperties: null, actualProperties: reality.get(row.id) ?? null }),
    ]);
  }
  return stacks.map((stack) => ({ stack, found: found.get(stack.detectionId ?? "") ?? [] }));
}
