import { probeFeatures } from "../aws/feature-probe";
import { openSession, type RoleGrant } from "../aws/session";
import { isUnanswered, probeTrust } from "../aws/trust-probe";
import { forTenant } from "../db/client";
import type { ClaimedAccount } from "../db/claim";
import type { Failure } from "../aws/failure";
import { selfCheckActions } from "../aws/permissions";
import { POLICY_VERSION, statementFor, versionIn } from "./role-policy";
import type { ConnectionCheck } from "./views";

const DAY_MS = 24 * 60 * 60_000;
/** A role is put right by a person, an outage passes: neither should show for a day. */
const SOON_MS = 10 * 60_000;

/** Asks AWS whether the role lets CloudGuard in, only CloudGuard and only with its ExternalId, and what it may read. */
export async function checkConnection(grant: RoleGrant, region: string, now: Date): Promise<ConnectionCheck> {
  const trust = await probeTrust(grant);
  if (trust.problem)
    return {
      checkedAt: now,
      trust,
      features: [],
      policy: { current: "", found: null, isOutdated: null, note: "Not read: the role was refused." },
    };
  const { features, documents } = await probeFeatures(openSession(grant, "check", { region }), region);
  const told = features.map(({ probes, ...feature }) => ({
    ...feature,
    probes: probes.map(({ isBarred, ...probe }) => ({
      ...probe,
      statement:
        probe.result === "denied" && !isBarred
          ? statementFor(probe.action, probe.message, selfCheckActions.includes(probe.action) ? grant.roleArn : "*")
          : null,
    })),
  }));
  return { checkedAt: now, trust, features: told, policy: policyAge(documents) };
}

/** Whether the role's policies are those that CloudGuard would hand out today, by their dated Sids. */
function policyAge(documents: string[] | Failure): ConnectionCheck["policy"] {
  const current = POLICY_VERSION;
  if (!Array.isArray(documents))
    return {
      current,
      found: null,
      isOutdated: null,
      note: `The role's policies could not be read: ${documents.message}`,
    };
  const found = versionIn(documents);
  if (!found)
    return { current, found, isOutdated: null, note: "The role's policies are not those that CloudGuard generated." };
  return {
    current,
    found,
    isOutdated: found < current,
    note: found < current ? "The role's policies are older than today's. Update the role from the template." : null,
  };
}

/** Repeats a claimed account's connection check, daily; within minutes where it found trouble or AWS did not answer. */
export async function checkAccount({ id, tenantId, fence, syncIsDue }: ClaimedAccount): Promise<void> {
  const account = await forTenant(tenantId, (tx) =>
    tx.awsAccount.findFirst({ where: { id, fence }, include: { externalId: true } }),
  );
  if (!account) return;
  const grant = { awsAccountId: account.awsAccountId, roleArn: account.roleArn, externalId: account.externalId.value };
  const now = new Date();
  const check = await checkConnection(grant, account.region, now);
  await forTenant(tenantId, (tx) =>
    tx.awsAccount.updateMany({
      where: { id, fence },
      data: {
        ...kept(check, now),
        ...(!syncIsDue && { leaseUntil: null, attempts: 0 }),
      },
    }),
  );
}

/** What an account's row keeps of a check. One that AWS did not answer replaces nothing that is known. */
export function kept(check: ConnectionCheck, now: Date) {
  const isRight = check.trust.problem === null;
  return {
    ...(!isUnanswered(check.trust) && { check: asJson(check), checkedAt: now }),
    checkDueAt: new Date(now.getTime() + (isRight ? DAY_MS : SOON_MS)),
  };
}

/** A check as the database keeps it, with its Date as text. */
function asJson(check: ConnectionCheck) {
  return JSON.parse(JSON.stringify(check)) as object;
}

/** The stored check as the doors show it. Only `asJson` writes that column, so its shape is the one that was written. */
export function fromJson(stored: unknown): ConnectionCheck | null {
  if (!stored) return null;
  const check = stored as ConnectionCheck;
  return { ...check, checkedAt: new Date(check.checkedAt) };
}
