import { record, type Deed } from "../audit/record";
import { endSessions, HOME_REGION, openSession, type RoleGrant } from "../aws/session";
import { toFailure } from "../aws/to-failure";
import { isUnanswered } from "../aws/trust-probe";
import type { RoomContext } from "../context";
import { forTenant, type TenantTx } from "../db/client";
import type { Prisma } from "../db/generated/client";
import { AppError, notFound } from "../errors";
import { currentTraceparent } from "../tracing";
import { checkConnection, kept } from "./connection-check";
import { newExternalId } from "./external-id";
import { parseRoleArn } from "./role-arn";
import { rolePackFor } from "./role-pack-for";
import type { ConnectionCheck, RolePack } from "./views";

/** Issues the ExternalId of an account to be connected, and keeps what the wizard asked, so that a reload loses nothing. */
export async function beginConnection(ctx: RoomContext, input: { name: string; awsAccountId: string; region: string }) {
  return forTenant(ctx.tenantId, async (tx) => {
    await refuseDouble(tx, input.awsAccountId, "awsAccountId");
    const { id, value } = await tx.externalId.create({
      data: { ...input, tenantId: ctx.tenantId, value: newExternalId() },
    });
    await record(tx, ctx, { action: "accounts.begin", targetId: id, target: called(input) });
    return { externalIdId: id, externalId: value };
  });
}

/** Four ways to make the role for an issued ExternalId. */
export async function rolePack(ctx: RoomContext, { externalIdId }: { externalIdId: string }): Promise<RolePack> {
  const issued = await forTenant(ctx.tenantId, (tx) =>
    tx.externalId.findFirst({ where: { id: externalIdId, retiredAt: null } }),
  );
  if (!issued) throw notFound("This connection");
  return rolePackFor(issued);
}

/**
 * Connects an account once its role has passed the check; nothing is written before. The first sync and cost refresh are due at once.
 * Throws BAD_REQUEST at `roleArn` where the role is refused, with the check in the error's data. `action` is what the audit
 * log calls it.
 */
export async function connectAccount(
  ctx: RoomContext,
  { externalIdId, roleArn, ...given }: { externalIdId: string; roleArn: string; name?: string; region?: string },
  action = "accounts.connect",
) {
  const issued = await forTenant(ctx.tenantId, async (tx) => {
    const row = await tx.externalId.findFirst({ where: { id: externalIdId, retiredAt: null } });
    if (row) await refuseDouble(tx, row.awsAccountId, "roleArn");
    return row;
  });
  if (!issued) throw notFound("This connection");
  const parsed = parseRoleArn(roleArn);
  if (!parsed.ok) throw atRoleArn(parsed.message);
  if (parsed.value.awsAccountId !== issued.awsAccountId)
    throw atRoleArn(
      `This role belongs to account ${parsed.value.awsAccountId}; the ExternalId was issued for ${issued.awsAccountId}. Use a role of that account, or start again for the other one.`,
    );

  const now = new Date();
  const { name, region } = { name: given.name ?? issued.name, region: given.region ?? issued.region };
  const grant = { awsAccountId: issued.awsAccountId, roleArn: parsed.value.roleArn, externalId: issued.value };
  const check = await checkConnection(grant, region, now);
  if (check.trust.problem) {
    const message = [check.trust.problem, check.trust.fix].filter(Boolean).join(" ");
    throw isUnanswered(check.trust)
      ? new AppError("BAD_GATEWAY", message, { fields: { roleArn: message }, data: { check } })
      : atRoleArn(message, check);
  }
  await refuseDisabled(grant, region);
  const email = await ctx.email();
  const accountId = await forTenant(
    ctx.tenantId,
    async (tx) => {
      await refuseDouble(tx, issued.awsAccountId, "roleArn");
      const user = await tx.user.upsert({
        where: { clerkId: ctx.clerkUserId },
        create: { clerkId: ctx.clerkUserId, email },
        update: { email },
      });
      const { count } = await tx.externalId.updateMany({
        where: { id: issued.id, usedAt: null },
        data: { usedAt: now },
      });
      if (count === 0)
        throw new AppError("CONFLICT", "This ExternalId is already in use. Start a new connection to get another.");
      const { id } = await tx.awsAccount.create({
        data: {
          tenantId: ctx.tenantId,
          userId: user.id,
          awsAccountId: issued.awsAccountId,
          roleArn: parsed.value.roleArn,
          externalIdId: issued.id,
          name,
          region,
          ...kept(check, now),
          syncDueAt: now,
        },
      });
      await tx.syncRun.create({
        data: { tenantId: ctx.tenantId, accountId: id, trigger: "CONNECT", traceparent: currentTraceparent() },
      });
      await tx.costRefresh.create({
        data: { tenantId: ctx.tenantId, accountId: id, dueAt: now, traceparent: currentTraceparent() },
      });
      const detail = { roleArn: parsed.value.roleArn };
      await record(tx, ctx, { action, targetId: id, target: called(issued), detail });
      return id;
    },
    { clerkUserId: ctx.clerkUserId },
  );
  return { accountId, check };
}

/** Repeats the connection check now. Throws CONFLICT for a paused account: it is promised that no call is made. */
export async function recheckAccount(ctx: RoomContext, { accountId }: { accountId: string }): Promise<ConnectionCheck> {
  const account = await forTenant(ctx.tenantId, (tx) =>
    tx.awsAccount.findUnique({ where: { id: accountId }, include: { externalId: true } }),
  );
  if (!account) throw notFound("This account");
  if (account.pausedAt) throw new AppError("CONFLICT", "This account is paused. Resume it, then check its role.");
  const now = new Date();
  const check = await checkConnection(
    { awsAccountId: account.awsAccountId, roleArn: account.roleArn, externalId: account.externalId.value },
    account.region,
    now,
  );
  await changeAccount(
    ctx,
    { action: "accounts.check", detail: { canAssumeRole: check.trust.problem === null } },
    { accountId, data: kept(check, now) },
  );
  return check;
}

/** Renames an account, or changes where it is asked account-wide questions. Throws BAD_REQUEST for a region that it has not enabled. */
export async function updateAccount(
  ctx: RoomContext,
  { accountId, ...data }: { accountId: string; name?: string; region?: string },
) {
  await forTenant(ctx.tenantId, async (tx) => {
    const account = await updateRow(tx, { accountId, data });
    const { region } = data;
    if (region && account.regionsReadAt && !account.regions.includes(region)) throw atRegion(region);
    await record(tx, ctx, { action: "accounts.update", detail: data, targetId: accountId, target: called(account) });
  });
}

/** No call goes to a paused account; what runs is let go of. */
export async function pauseAccount(ctx: RoomContext, { accountId }: { accountId: string }) {
  const grant = await forTenant(ctx.tenantId, async (tx) => {
    const account = await updateRow(tx, {
      accountId,
      data: { pausedAt: new Date(), leaseUntil: null, fence: { increment: 1 } },
    });
    await stopScans(tx, { accountId });
    await tx.costRefresh.updateMany({ where: { accountId }, data: { leaseUntil: null, fence: { increment: 1 } } });
    await tx.syncRun.updateMany({
      where: { accountId, finishedAt: null },
      data: { state: "CANCELLED", finishedAt: new Date() },
    });
    await record(tx, ctx, { action: "accounts.pause", targetId: accountId, target: called(account) });
    const { value: externalId } = await tx.externalId.findUniqueOrThrow({ where: { id: account.externalIdId } });
    return { ...account, externalId };
  });
  endSessions(grant);
}

export async function resumeAccount(ctx: RoomContext, { accountId }: { accountId: string }) {
  await changeAccount(
    ctx,
    { action: "accounts.resume" },
    { accountId, data: { pausedAt: null, syncDueAt: new Date() } },
  );
}

/** Ends the scans of an account: whoever holds a cell finds its fence gone and writes nothing more. */
export async function stopScans(tx: TenantTx, where: { accountId: string; syncRunId?: string }) {
  // Before the cells, as a scan's writes go: each waits for the other's in one order.
  await tx.tagSweep.deleteMany({ where });
  const data = { dueAt: null, leaseUntil: null, fence: { increment: 1 }, attempts: 0 };
  const live = { ...where, state: { in: ["QUEUED" as const, "RUNNING" as const] } };
  await tx.scanCell.updateMany({ where: { ...live, failureKind: { not: null } }, data: { ...data, state: "FAILED" } });
  await tx.scanCell.updateMany({ where: { ...live, lastSuccessAt: { not: null } }, data: { ...data, state: "OK" } });
  await tx.scanCell.updateMany({ where: live, data: { ...data, state: "IDLE" } });
}

interface AccountChange {
  accountId: string;
  data: Prisma.AwsAccountUpdateManyMutationInput;
}

async function changeAccount(ctx: RoomContext, deed: Pick<Deed, "action" | "detail">, change: AccountChange) {
  await forTenant(ctx.tenantId, async (tx) => {
    const account = await updateRow(tx, change);
    await record(tx, ctx, { ...deed, targetId: account.id, target: called(account) });
  });
}

async function updateRow(tx: TenantTx, { accountId, data }: AccountChange) {
  const [account] = await tx.awsAccount.updateManyAndReturn({
    where: { id: accountId },
    data,
    select: {
      id: true,
      name: true,
      awsAccountId: true,
      roleArn: true,
      externalIdId: true,
      regions: true,
      regionsReadAt: true,
    },
  });
  if (!account) throw notFound("This account");
  return account;
}

/** An account in words that stay true after it is gone. */
export const called = ({ name, awsAccountId }: { name: string; awsAccountId: string }) => `${name} (${awsAccountId})`;

/** An account is asked for its regions in its default one: that must answer. */
async function refuseDisabled(grant: RoleGrant, region: string): Promise<void> {
  if (region === HOME_REGION) return;
  const enabled = await enabledRegions(grant);
  // Where the role may not say, the connection table does, with the statement to add.
  if (enabled && !enabled.includes(region)) throw atRegion(region);
}

async function enabledRegions(grant: RoleGrant): Promise<string[] | null> {
  try {
    return await openSession(grant, "check").enabledRegions();
  } catch (error) {
    const { kind, message } = toFailure(error);
    if (kind === "denied") return null;
    throw new AppError("BAD_GATEWAY", `AWS could not be asked which regions are enabled: ${message} Try again.`);
  }
}

function atRegion(region: string): AppError {
  const message = `${region} is not enabled in this account. Choose one that is, such as ${HOME_REGION}.`;
  return new AppError("BAD_REQUEST", message, { fields: { region: message } });
}

async function refuseDouble(tx: TenantTx, awsAccountId: string, field: string) {
  const connected = await tx.awsAccount.findFirst({ where: { awsAccountId }, select: { name: true } });
  if (!connected) return;
  const message = `Account ${awsAccountId} is already connected as “${connected.name}”.`;
  throw new AppError("CONFLICT", message, { fields: { [field]: message } });
}

const atRoleArn = (message: string, check?: ConnectionCheck) =>
  new AppError("BAD_REQUEST", message, { fields: { roleArn: message }, data: check && { check } });
