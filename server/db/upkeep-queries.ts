import { asSystem, asUpkeep, type TenantId } from "./client";

const LEASE_SECONDS = 90;

/** Takes the day's upkeep where it is due and nobody has it; the fence is what giving it back must carry. */
export async function claimUpkeep(): Promise<{ fence: number } | null> {
  const [row] = await asSystem(
    (tx) => tx.$queryRaw<{ fence: number }[]>`
      update "Upkeep" set "leaseUntil" = now() + make_interval(secs => ${LEASE_SECONDS}), "fence" = "fence" + 1, "attempts" = "attempts" + 1
      where "id" in (
        select "id" from "Upkeep" where "dueAt" <= now() and ("leaseUntil" is null or "leaseUntil" < now()) for update skip locked)
      returning "fence"`,
  );
  return row ?? null;
}

/** Prolongs the lease; false where somebody else has it now. */
export async function renewUpkeep({ fence }: { fence: number }): Promise<boolean> {
  const count = await asSystem(
    (tx) => tx.$executeRaw`
      update "Upkeep" set "leaseUntil" = now() + make_interval(secs => ${LEASE_SECONDS}) where "fence" = ${fence}`,
  );
  return count === 1;
}

/** Ends the day's upkeep, due again in a day, or hands it back half done, due at once. */
export async function settleUpkeep({ fence }: { fence: number }, isDone: boolean): Promise<void> {
  await asSystem(
    (tx) => tx.$executeRaw`
      update "Upkeep" set "leaseUntil" = null, "attempts" = case when ${isDone} then 0 else "attempts" end,
        "dueAt" = case when ${isDone} then now() + interval '1 day' else "dueAt" end,
        "finishedAt" = case when ${isDone} then now() else "finishedAt" end
      where "fence" = ${fence}`,
  );
}

/** The tenants that have an account connected, or still detections of one that they have disconnected: what else there is goes with its account. */
export async function tenantsWithHistory(): Promise<TenantId[]> {
  const rows = await asSystem(
    (tx) => tx.$queryRaw<{ tenantId: TenantId }[]>`
      select "tenantId" from "AwsAccount" union select "tenantId" from "DriftDetectionJob" where "accountId" is null order by 1`,
  );
  return rows.map(({ tenantId }) => tenantId);
}

/** Deletes up to `limit` events of the audit log, of all tenants, that are older than `before`; returns how many. */
export function removeAuditEvents(before: Date, limit: number): Promise<number> {
  return asUpkeep(
    (tx) => tx.$executeRaw`
      delete from "AuditEvent" where "id" in (
        select "id" from "AuditEvent" where "at" < ${before} order by "at" limit ${limit})`,
  );
}

/** Deletes up to `limit` lines of what asking for costs has cost, of all tenants, older than `before`; returns how many. */
export function removeCostLedger(before: Date, limit: number): Promise<number> {
  return asUpkeep(
    (tx) => tx.$executeRaw`
      delete from "CostLedger" where "id" in (
        select "id" from "CostLedger" where "askedAt" < ${before} order by "askedAt" limit ${limit})`,
  );
}

/**
 * Deletes up to `limit` ExternalIds, of all tenants, that nobody came back with before `before`, or that were retired before it; returns
 * how many. One that somebody comes back with at this moment stays.
 */
export function removeExternalIds(before: Date, limit: number): Promise<number> {
  return asUpkeep(
    (tx) => tx.$executeRaw`
      delete from "ExternalId" where ("usedAt" is null or "retiredAt" is not null) and "id" in (
        select "id" from "ExternalId"
        where ("usedAt" is null and "issuedAt" < ${before}) or "retiredAt" < ${before} limit ${limit})`,
  );
}
