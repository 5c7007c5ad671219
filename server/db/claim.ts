import { asSystem, type TenantId } from "./client";
import { Prisma } from "./generated/client";

/** How long a worker may hold a row without a word. A killed worker's rows are taken over after this. */
export const LEASE_SECONDS = 45;

export interface ClaimedAccount {
  id: string;
  tenantId: TenantId;
  fence: number;
  syncIsDue: boolean;
  checkIsDue: boolean;
}

/** Leases up to `limit` accounts whose sync or connection check is due. The fence is what every later write must carry. */
export function claimAccounts(limit: number): Promise<ClaimedAccount[]> {
  return asSystem(
    (tx) => tx.$queryRaw<ClaimedAccount[]>`
      update "AwsAccount" set "leaseUntil" = now() + make_interval(secs => ${LEASE_SECONDS * 2}), "fence" = "fence" + 1, "attempts" = "attempts" + 1
      where "id" in (
        select "id" from "AwsAccount"
        where "pausedAt" is null and ("syncDueAt" <= now() or "checkDueAt" <= now()) and ("leaseUntil" is null or "leaseUntil" < now())
        order by least("syncDueAt", "checkDueAt") limit ${limit} for update skip locked)
      returning "id", "tenantId", "fence", coalesce("syncDueAt" <= now(), false) as "syncIsDue", coalesce("checkDueAt" <= now(), false) as "checkIsDue"`,
  );
}

/** Hands accounts back that were claimed and not worked. The fence moves on: work that still goes on writes nothing more. */
export async function releaseAccounts(accounts: { id: string; fence: number }[]): Promise<void> {
  if (accounts.length === 0) return;
  await asSystem(
    (tx) => tx.$executeRaw`
      update "AwsAccount" a set "leaseUntil" = null, "fence" = a."fence" + 1, "attempts" = greatest(a."attempts" - 1, 0)
      from jsonb_to_recordset(${JSON.stringify(accounts)}::jsonb) as held(id text, fence int)
      where a."id" = held.id and a."fence" = held.fence and a."leaseUntil" is not null`,
  );
}

export interface ClaimedCell {
  id: string;
  tenantId: TenantId;
  accountId: string;
  region: string;
  type: string;
  fence: number;
  attempts: number;
  expectedMs: number;
  syncRunId: string;
}

/**
 * Leases up to `limit` due scan cells of live runs. Tenants take turns, so that a small one does not wait behind a large one; within
 * a tenant the cell that took longest last time comes first.
 */
export function claimScanCells(limit: number): Promise<ClaimedCell[]> {
  return asSystem(
    (tx) => tx.$queryRaw<ClaimedCell[]>`
      update "ScanCell" set "leaseUntil" = now() + make_interval(secs => ${LEASE_SECONDS}), "fence" = "fence" + 1,
        "attempts" = "attempts" + 1, "state" = 'RUNNING', "startedAt" = now()
      where "id" in (
        select "id" from "ScanCell" where "id" in (
          select "id" from (
            select c."id", row_number() over (partition by c."tenantId" order by c."expectedMs" desc, c."dueAt") as turn
            from "SyncRun" r join "ScanCell" c on c."accountId" = r."accountId" and c."syncRunId" = r."id"
            where r."finishedAt" is null and c."dueAt" <= now() and (c."leaseUntil" is null or c."leaseUntil" < now())
          ) waiting order by turn limit ${limit})
        and "dueAt" <= now() and ("leaseUntil" is null or "leaseUntil" < now())
        for update skip locked)
      returning "id", "tenantId", "accountId", "region", "type", "fence", "attempts", "expectedMs", "syncRunId"`,
  );
}

/**
 * Keeps the leases of work that is still going on, and returns whose those are. A cell that ended meanwhile gets none: it would
 * wait for it at its next turn.
 */
export async function renewScanCells(cells: { id: string; fence: number }[]): Promise<Set<string>> {
  if (cells.length === 0) return new Set();
  const kept = await asSystem(
    (tx) => tx.$queryRaw<{ id: string }[]>`
      update "ScanCell" c set "leaseUntil" = now() + make_interval(secs => ${LEASE_SECONDS})
      from jsonb_to_recordset(${JSON.stringify(cells)}::jsonb) as held(id text, fence int)
      where c."id" = held.id and c."fence" = held.fence and c."state" = 'RUNNING' and c."id" in (${locked(cells)})
      returning c."id"`,
  );
  return new Set(kept.map(({ id }) => id));
}

/**
 * Hands rows back that were claimed and will not be worked on, so that the next worker need not wait for the lease. With `skipsLocked`
 * those stay that a transaction is writing just now, instead of waiting for it.
 */
export async function releaseScanCells(
  cells: { id: string; fence: number }[],
  { skipsLocked = false } = {},
): Promise<void> {
  if (cells.length === 0) return;
  await asSystem(
    (tx) => tx.$executeRaw`
      update "ScanCell" c set "leaseUntil" = null, "state" = 'QUEUED', "attempts" = greatest(c."attempts" - 1, 0)
      from jsonb_to_recordset(${JSON.stringify(cells)}::jsonb) as held(id text, fence int)
      where c."id" = held.id and c."fence" = held.fence and c."id" in (${locked(cells, { skipsLocked })})`,
  );
}

/** Rows are locked in the order of their ids, as every writer of scan cells does: two batches must not wait for each other. */
function locked(cells: { id: string }[], { skipsLocked = false } = {}): Prisma.Sql {
  const ids = cells.map(({ id }) => id);
  const skipping = skipsLocked ? Prisma.sql`skip locked` : Prisma.empty;
  return Prisma.sql`select "id" from (select "id" from "ScanCell" where "id" = any(${ids}) order by "id" for update ${skipping}) ordered`;
}
