import { record } from "../audit/record";
import { dropCredentials, endSessions } from "../aws/session";
import type { RoomContext } from "../context";
import { forTenant, type TenantTx } from "../db/client";
import type { AwsAccount } from "../db/generated/client";
import { AppError, notFound } from "../errors";
import { called } from "./service";
import type { AccountHoldings, DisconnectPreview, DisconnectReceipt } from "./views";

/** What disconnecting would delete. */
export async function previewDisconnect(
  ctx: RoomContext,
  { accountId }: { accountId: string },
): Promise<DisconnectPreview> {
  return forTenant(ctx.tenantId, async (tx) => preview(tx, await accountOf(tx, accountId)));
}

/**
 * Deletes the account and everything read from it, drops its credentials and retires its ExternalId. `confirm` must be
 * the account's twelve digits. The receipt is read back from the database after the deletion.
 */
export async function disconnectAccount(
  ctx: RoomContext,
  { accountId, confirm }: { accountId: string; confirm: string },
): Promise<DisconnectReceipt> {
  const deletedAt = new Date();
  const { before, issued } = await forTenant(ctx.tenantId, async (tx) => {
    const account = await accountOf(tx, accountId);
    const before = await preview(tx, account);
    if (confirm !== before.awsAccountId)
      throw new AppError("BAD_REQUEST", `Type ${before.awsAccountId} to disconnect this account.`, {
        fields: { confirm: `This is not ${before.awsAccountId}.` },
      });
    await detachDriftJobs(tx, accountId);
    // Somebody else may have disconnected it since.
    const { count } = await tx.awsAccount.deleteMany({ where: { id: accountId } });
    if (count === 0) throw noAccount();
    const issued = await tx.externalId.update({ where: { id: account.externalIdId }, data: { retiredAt: deletedAt } });
    const detail = { ...before.willDelete, roleArn: before.roleArn };
    await record(tx, ctx, { action: "accounts.disconnect", targetId: accountId, target: called(before), detail });
    return { before, issued };
  });
  endSessions({ ...before, externalId: issued.value });
  return forTenant(ctx.tenantId, async (tx) => ({
    ...before,
    deletedAt,
    deleted: before.willDelete,
    remaining: {
      accounts: await tx.awsAccount.count({ where: { id: accountId } }),
      ...(await countsOf(tx, accountId)),
    },
    credentialsDropped: dropCredentials(before.roleArn) === 0,
    externalIdRetired: (await tx.externalId.count({ where: { id: issued.id, retiredAt: { not: null } } })) === 1,
  }));
}

/**
 * Ends the account's live detections so that whoever watches one is told why; the row outlives the account and names nothing
 * of it.
 */
async function detachDriftJobs(tx: TenantTx, accountId: string) {
  await tx.driftDetectionJob.updateMany({
    where: { accountId, status: { in: ["QUEUED", "DETECTION_IN_PROGRESS"] } },
    data: {
      status: "CANCELLED",
      accountId: null,
      stackId: null,
      driftDetectionId: null,
      logicalIds: [],
      failureKind: "disconnected",
      failureReason: "The account was disconnected.",
      completedAt: new Date(),
      dueAt: null,
      leaseUntil: null,
      holdsPlaceUntil: null,
      fence: { increment: 1 },
    },
  });
}

async function accountOf(tx: TenantTx, accountId: string): Promise<AwsAccount> {
  const account = await tx.awsAccount.findUnique({ where: { id: accountId } });
  if (!account) throw noAccount();
  return account;
}

/** The same words however it comes about that there is none. */
const noAccount = () => notFound("This account");

async function preview(
  tx: TenantTx,
  { id: accountId, awsAccountId, name, roleArn }: AwsAccount,
): Promise<DisconnectPreview> {
  return { accountId, awsAccountId, name, roleArn, willDelete: await countsOf(tx, accountId) };
}

async function countsOf(tx: TenantTx, accountId: string): Promise<AccountHoldings> {
  return {
    resources: await tx.resource.count({ where: { accountId } }),
    scanCells: await tx.scanCell.count({ where: { accountId } }),
    syncRuns: await tx.syncRun.count({ where: { accountId } }),
    detections: await tx.driftDetectionJob.count({ where: { accountId } }),
    costRows: await tx.costEntry.count({ where: { accountId } }),
  };
}
