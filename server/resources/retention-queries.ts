import type { TenantTx } from "../db/client";

/**
 * Deletes up to `limit` resources that have been gone since before `before`, takes them off the counts, and returns how many.
 * Accounts that are being scanned are left for the next day: a scan writes its counts from what it read when it began.
 */
export async function removeGoneResources(tx: TenantTx, before: Date, limit: number): Promise<number> {
  const [row] = await tx.$queryRaw<{ removed: number }[]>`
    with old as (select "id", "cellId" from "Resource" where "goneAt" < ${before} order by "goneAt" limit ${limit}),
    quiet as (
      select "id" from "ScanCell" c where "id" in (select "cellId" from old) and "state" <> 'RUNNING'
        and not exists (select from "SyncRun" r where r."accountId" = c."accountId" and r."finishedAt" is null)
      order by "id" for update skip locked),
    removed as (
      delete from "Resource" where "id" in (select old."id" from old join quiet on quiet."id" = old."cellId")
      returning "cellId", "region", coalesce("state", '') as "state"),
    uncounted as (
      update "ResourceRollup" r set "gone" = greatest(r."gone" - n."count", 0)
      from (select "cellId", "region", "state", count(*)::int as "count" from removed group by 1, 2, 3) n
      where r."cellId" = n."cellId" and r."region" = n."region" and r."state" = n."state"),
    forgotten as (
      delete from "AccountRollup" where "accountId" in (
        select c."accountId" from "ScanCell" c join removed on removed."cellId" = c."id"))
    select count(*)::int as removed from removed`;
  return row?.removed ?? 0;
}

/** Deletes up to `limit` syncs that ended before `before`, and returns how many. */
export function removeSyncRuns(tx: TenantTx, before: Date, limit: number): Promise<number> {
  return tx.$executeRaw`
    delete from "SyncRun" where "id" in (
      select "id" from "SyncRun" where "finishedAt" < ${before} order by "finishedAt" limit ${limit})`;
}
