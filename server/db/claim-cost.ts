import { asSystem, type TenantId } from "./client";
import { LEASE_SECONDS } from "./claim";

export interface ClaimedRefresh {
  accountId: string;
  tenantId: TenantId;
  fence: number;
  attempts: number;
}

/**
 * Leases due cost refreshes, one a tenant at a time: once a payer has been read, its members need not be asked. Whoever was
 * due first comes first.
 */
export function claimCostRefreshes(limit: number): Promise<ClaimedRefresh[]> {
  return asSystem(
    (tx) => tx.$queryRaw<ClaimedRefresh[]>`
      update "CostRefresh" set "leaseUntil" = now() + make_interval(secs => ${LEASE_SECONDS}), "fence" = "fence" + 1, "attempts" = "attempts" + 1
      where "accountId" in (
        select "accountId" from "CostRefresh" where "accountId" in (
          select distinct on (c."tenantId") c."accountId"
          from "CostRefresh" c join "AwsAccount" a on a."id" = c."accountId"
          where c."dueAt" <= now() and (c."leaseUntil" is null or c."leaseUntil" < now()) and a."pausedAt" is null
            and not exists (select 1 from "CostRefresh" busy where busy."tenantId" = c."tenantId" and busy."leaseUntil" >= now())
          order by c."tenantId", c."dueAt", c."accountId")
        and "dueAt" <= now() and ("leaseUntil" is null or "leaseUntil" < now())
        order by "dueAt" limit ${limit} for update skip locked)
      returning "accountId", "tenantId", "fence", "attempts"`,
  );
}

/** Keeps the lease of a refresh that is still going on. */
export async function renewCostRefresh({ accountId, fence }: ClaimedRefresh): Promise<void> {
  await asSystem(
    (tx) => tx.$executeRaw`
      update "CostRefresh" set "leaseUntil" = now() + make_interval(secs => ${LEASE_SECONDS})
      where "accountId" = ${accountId} and "fence" = ${fence} and "leaseUntil" is not null`,
  );
}

/** Hands a refresh back half-way: whoever claims it next goes on from the page that was read last. */
export async function releaseCostRefresh({ accountId, fence }: ClaimedRefresh): Promise<void> {
  await asSystem(
    (tx) => tx.$executeRaw`
      update "CostRefresh" set "leaseUntil" = null, "attempts" = greatest("attempts" - 1, 0)
      where "accountId" = ${accountId} and "fence" = ${fence}`,
  );
}
