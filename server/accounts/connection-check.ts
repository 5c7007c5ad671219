import { probeFeatures } from "../aws/feature-probe";
import { openSession, type RoleGrant } from "../aws/session";
import { probeTrust } from "../aws/trust-probe";
import { forTenant } from "../db/client";
import type { ClaimedAccount } from "../db/claim";
import type { ConnectionCheck } from "./views";

const DAY_MS = 24 * 60 * 60_000;

/** Asks AWS whether the role lets CloudGuard in, only CloudGuard and only with its ExternalId, and what it may read. */
export async function checkConnection(grant: RoleGrant, region: string, now: Date): Promise<ConnectionCheck> {
  const trust = await probeTrust(grant);
  if (trust.problem) return { checkedAt: now, trust, features: [], policy: { current: "", found: null, isOutdated: null, note: "Not read: the role was refused." } };
  const { features, policy } = await probeFeatures(openSession(grant, "check", { region }), region);
  return { checkedAt: now, trust, features, policy };
}

/** Repeats a claimed account's connection check, daily. */
export async function checkAccount({ id, tenantId, fence, syncIsDue }: ClaimedAccount): Promise<void> {
  const account = await forTenant(tenantId, (tx) => tx.awsAccount.findFirst({ where: { id, fence }, include: { externalId: true } }));
  if (!account) return;
  const grant = { awsAccountId: account.awsAccountId, roleArn: account.roleArn, externalId: account.externalId.value };
  const now = new Date();
  const check = await checkConnection(grant, account.region, now);
  await forTenant(tenantId, (tx) =>
    tx.awsAccount.updateMany({
      where: { id, fence },
      data: { check: asJson(check), checkedAt: now, checkDueAt: nextCheckAt(now), ...(!syncIsDue && { leaseUntil: null, attempts: 0 }) },
    }),
  );
}

export const nextCheckAt = (now: Date) => new Date(now.getTime() + DAY_MS);

/** A check as the database keeps it, with its Date as text. */
export function asJson(check: ConnectionCheck) {
  return JSON.parse(JSON.stringify(check)) as object;
}

/** The stored check as the doors show it. Only `asJson` writes that column, so its shape is the one that was written. */
export function fromJson(stored: unknown): ConnectionCheck | null {
  if (!stored) return null;
  const check = stored as ConnectionCheck;
  return { ...check, checkedAt: new Date(check.checkedAt) };
}
