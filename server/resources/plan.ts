import { REGION_DISABLED } from "../accounts/gaps";
import { stopScans } from "../accounts/service";
import { collectors } from "../aws/collectors/index";
import { GLOBAL_REGION } from "../aws/place";
import { openSession } from "../aws/session";
import { toFailure } from "../aws/to-failure";
import type { ClaimedAccount } from "../db/claim";
import { forTenant, type TenantTx } from "../db/client";
import { env } from "../env";
import { metrics } from "../metrics";
import { traced } from "../tracing";
import { forgetAccountRollup } from "./account-rollup-queries";
import { addCells, clearFailure, lockLiveRun } from "./write-queries";

/**
 * Begins a due sync of a claimed account: discovers its enabled regions, makes the scan cells that are missing, and
 * queues them. Returns false where the account changed hands meanwhile. A role that cannot be used ends the run, with why.
 */
export async function planSync({ id, tenantId, fence }: ClaimedAccount): Promise<boolean> {
  const account = await forTenant(tenantId, (tx) =>
    tx.awsAccount.findFirst({
      where: { id, fence },
      include: { externalId: true, syncRuns: { where: { finishedAt: null }, select: { traceparent: true } } },
    }),
  );
  if (!account) return false;
  const grant = { awsAccountId: account.awsAccountId, roleArn: account.roleArn, externalId: account.externalId.value };
  try {
    const session = openSession(grant, "inventory", { region: account.region });
    const parent = account.syncRuns[0]?.traceparent;
    const regions = await traced("plan", {}, () => session.enabledRegions(), { parent });
    const isMine = await forTenant(tenantId, async (tx) => {
      const isMine = await settle(tx, { id, fence }, { failure: null, regions });
      if (isMine) await queueCells(tx, { tenantId, accountId: id, regions });
      return isMine;
    });
    metrics.jobEnds.inc({ job: "accounts", outcome: "ok" });
    return isMine;
  } catch (error) {
    const failure = toFailure(error);
    metrics.jobEnds.inc({ job: "accounts", outcome: "failed" });
    return forTenant(tenantId, async (tx) => {
      const isMine = await settle(tx, { id, fence }, { failure: { ...failure } });
      if (isMine) {
        await stopScans(tx, { accountId: id });
        await failRuns(tx, { accountId: id }, failure.message);
      }
      return isMine;
    });
  }
}

async function failRuns(tx: TenantTx, where: { accountId: string; id?: string }, failure: string) {
  await tx.syncRun.updateMany({
    where: { ...where, finishedAt: null },
    data: { state: "FAILED", finishedAt: new Date(), failure },
  });
}

/** Writes what planning found and lets go of the row; false where the fence no longer fits. */
async function settle(
  tx: TenantTx,
  where: { id: string; fence: number },
  found: { failure: object | null; regions?: string[] },
) {
  const { count } = await tx.awsAccount.updateMany({
    where,
    data: {
      ...(found.failure ? { failure: found.failure, failedAt: new Date() } : {}),
      ...(found.regions && { regions: found.regions, regionsReadAt: new Date() }),
      syncDueAt: new Date(Date.now() + env().SYNC_INTERVAL_MINUTES * 60_000),
      leaseUntil: null,
      attempts: 0,
    },
  });
  if (count === 1 && !found.failure) await clearFailure(tx, where.id);
  return count === 1;
}

async function queueCells(
  tx: TenantTx,
  { tenantId, accountId, regions }: { tenantId: string; accountId: string; regions: string[] },
) {
  const run =
    (await lockLiveRun(tx, accountId)) ??
    (await tx.syncRun.create({ data: { tenantId, accountId, trigger: "SCHEDULE" } }));
  const cells = collectors.flatMap(({ type, scope }) =>
    (scope === "global" ? [GLOBAL_REGION] : regions).map((region) => ({ type, region })),
  );
  await addCells(tx, { tenantId, accountId }, cells);
  await leaveDisabled(tx, { accountId, regions });
  const wanted = [...regions, GLOBAL_REGION].filter((region) => !run.region || region === run.region);
  const queued = await enqueue(tx, { accountId, runId: run.id, regions: wanted });
  // A region can be asked for before anybody knows which ones there are. A run of no scans would never end.
  if (queued === 0) await failRuns(tx, { accountId, id: run.id }, `${run.region} is not enabled in this account.`);
}

/**
 * Nobody can say what is in a region that the account has disabled: what was found there stays, as of then. Of one in which
 * nothing was ever found nothing is left to say.
 */
async function leaveDisabled(tx: TenantTx, { accountId, regions }: { accountId: string; regions: string[] }) {
  const disabled = { accountId, region: { notIn: [...regions, GLOBAL_REGION] } };
  await tx.scanCell.deleteMany({ where: { ...disabled, resources: { none: {} } } });
  await tx.scanCell.updateMany({
    where: disabled,
    data: {
      state: "FAILED",
      failureKind: "notEnabled",
      failureCode: REGION_DISABLED,
      failureMessage: "The region is no longer enabled in this account.",
      failureAction: null,
      ...{ dueAt: null, leaseUntil: null, attempts: 0, fence: { increment: 1 } },
    },
  });
}

/**
 * Makes the cells of `regions` due now, for the run, and returns how many the run has. Cells that are running stay with who
 * runs them.
 */
export async function enqueue(
  tx: TenantTx,
  { accountId, runId, regions }: { accountId: string; runId: string; regions: string[] },
): Promise<number> {
  await forgetAccountRollup(tx, accountId);
  await tx.scanCell.updateMany({
    where: {
      accountId,
      region: { in: regions },
      OR: [{ state: { not: "RUNNING" } }, { leaseUntil: { lt: new Date() } }],
    },
    data: {
      state: "QUEUED",
      dueAt: new Date(),
      syncRunId: runId,
      attempts: 0,
      seen: 0,
      appeared: 0,
      changed: 0,
      gone: 0,
    },
  });
  const cellsTotal = await tx.scanCell.count({ where: { accountId, syncRunId: runId } });
  await tx.syncRun.update({ where: { id: runId }, data: { cellsTotal } });
  return cellsTotal;
}
