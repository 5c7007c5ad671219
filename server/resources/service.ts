import type { SyncProgress } from "../accounts/views";
import { stopScans } from "../accounts/service";
import { record } from "../audit/record";
import type { RoomContext } from "../context";
import { forTenant, type TenantTx } from "../db/client";
import { AppError, notFound } from "../errors";
import { currentTraceparent } from "../tracing";
import { enqueue } from "./plan";
import { progressOf, recentSyncs } from "./progress-queries";
import { lockAccount, lockLiveRun } from "./write-queries";

/**
 * Makes a sync due now: of one account or of all, everywhere or in one region. A sync that is running is joined, not
 * doubled. Of all accounts, those that are paused or have not enabled the region are left out. Throws CONFLICT for a paused
 * account, BAD_REQUEST where the region is enabled in none.
 */
export async function requestSync(
  ctx: RoomContext,
  { accountId, region }: { accountId?: string; region?: string },
): Promise<SyncProgress[]> {
  return forTenant(ctx.tenantId, async (tx) => {
    const accounts = await tx.awsAccount.findMany({ where: { id: accountId }, orderBy: { id: "asc" } });
    if (accountId && accounts.length === 0) throw notFound("This account");
    if (accountId && accounts[0]?.pausedAt)
      throw new AppError("CONFLICT", "This account is paused. Resume it, then sync.");
    const active = accounts.filter(({ pausedAt }) => !pausedAt);
    // Where the regions were never read, the sync finds out.
    const wanted = active.filter(({ regions, regionsReadAt }) => !region || !regionsReadAt || regions.includes(region));
    if (active.length > 0 && wanted.length === 0)
      throw new AppError("BAD_REQUEST", `${region} is not enabled in ${accountId ? active[0]?.name : "any account"}.`, {
        fields: { region: "This region is not enabled here." },
      });
    const progress: SyncProgress[] = [];
    for (const account of wanted)
      progress.push(await progressOf(tx, await startOrJoin(tx, ctx, account, region ?? null)));
    const one = accountId ? accounts[0] : undefined;
    await record(tx, ctx, {
      action: "resources.sync",
      targetId: one?.id,
      target: one ? `${one.name} (${one.awsAccountId})` : "all accounts",
      detail: { region: region ?? null, syncs: progress.length },
    });
    return progress;
  });
}

async function startOrJoin(
  tx: TenantTx,
  ctx: RoomContext,
  account: { id: string; regionsReadAt: Date | null },
  region: string | null,
) {
  await lockAccount(tx, account.id);
  const live = await lockLiveRun(tx, account.id);
  if (live && (live.region === null || live.region === region))
    return tx.syncRun.findUniqueOrThrow({ where: { id: live.id } });
  if (live) {
    // A sync of one region runs and more is wanted: it becomes the larger one.
    const data = region ? {} : { region: null };
    if (region) await enqueue(tx, { accountId: account.id, runId: live.id, regions: [region] });
    else await tx.awsAccount.update({ where: { id: account.id }, data: { syncDueAt: new Date() } });
    return tx.syncRun.update({ where: { id: live.id }, data });
  }
  const run = await tx.syncRun.create({
    data: {
      tenantId: ctx.tenantId,
      accountId: account.id,
      trigger: "MANUAL",
      region,
      traceparent: currentTraceparent(),
    },
  });
  if (region && account.regionsReadAt) await enqueue(tx, { accountId: account.id, runId: run.id, regions: [region] });
  else await tx.awsAccount.update({ where: { id: account.id }, data: { syncDueAt: new Date() } });
  return tx.syncRun.findUniqueOrThrow({ where: { id: run.id } });
}

/** Ends a running sync; what was read stays, and nothing is declared gone by what was not. */
export async function cancelSync(ctx: RoomContext, { runId }: { runId: string }): Promise<SyncProgress> {
  return forTenant(ctx.tenantId, async (tx) => {
    const run = await tx.syncRun.findUnique({ where: { id: runId }, include: { account: true } });
    if (!run) throw notFound("This sync");
    const { name, awsAccountId } = run.account;
    await record(tx, ctx, { action: "resources.cancelSync", targetId: runId, target: `${name} (${awsAccountId})` });
    if (run.finishedAt) return progressOf(tx, run);
    const before = await progressOf(tx, run);
    await stopScans(tx, { accountId: run.accountId, syncRunId: runId });
    const { cellsFailed, resourcesSeen, appeared, changed, gone } = before;
    const ended = await tx.syncRun.update({
      where: { id: runId },
      data: { state: "CANCELLED", finishedAt: new Date(), cellsFailed, resourcesSeen, appeared, changed, gone },
    });
    return progressOf(tx, ended);
  });
}

export async function listSyncs(ctx: RoomContext, { accountId }: { accountId?: string }): Promise<SyncProgress[]> {
  return forTenant(ctx.tenantId, (tx) => recentSyncs(tx, accountId));
}
