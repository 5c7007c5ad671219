import type { SyncProgress } from "../accounts/views";
import type { TenantTx } from "../db/client";

/** The running sync of each account, or of these, by account id. */
export async function liveSyncs(tx: TenantTx, accountIds?: string[]): Promise<Map<string, SyncProgress>> {
  const where = accountIds?.length ? { accountId: { in: accountIds } } : {};
  const runs = await tx.syncRun.findMany({ where: { ...where, finishedAt: null } });
  return new Map(await Promise.all(runs.map(async (run) => [run.accountId, await progressOf(tx, run)] as const)));
}

/** The latest syncs, running ones first. */
export async function recentSyncs(tx: TenantTx, accountId?: string, take = 10): Promise<SyncProgress[]> {
  const runs = await tx.syncRun.findMany({
    where: { accountId },
    orderBy: [{ finishedAt: { sort: "desc", nulls: "first" } }, { startedAt: "desc" }],
    take,
  });
  return Promise.all(runs.map((run) => progressOf(tx, run)));
}

/** One run as a person follows it: counted from its cells while it runs, from its own row afterwards. */
export async function progressOf(
  tx: TenantTx,
  run: Awaited<ReturnType<TenantTx["syncRun"]["findFirstOrThrow"]>>,
): Promise<SyncProgress> {
  const { id: runId, accountId, trigger, state, region, startedAt, finishedAt, cellsTotal, failure } = run;
  const told = { runId, accountId, trigger, state, region, startedAt, finishedAt, cellsTotal, failure };
  if (finishedAt) {
    const { cellsFailed, resourcesSeen, appeared, changed, gone } = run;
    return { ...told, cellsDone: cellsTotal ?? 0, cellsFailed, resourcesSeen, appeared, changed, gone, slow: [] };
  }
  const [counts] = await tx.$queryRaw<Omit<SyncProgress, keyof typeof told | "slow">[]>`
    select (count(*) filter (where "state" in ('OK', 'FAILED')))::int as "cellsDone", (count(*) filter (where "state" = 'FAILED'))::int as "cellsFailed",
      coalesce(sum("seen"), 0)::int as "resourcesSeen", coalesce(sum("appeared"), 0)::int as "appeared",
      coalesce(sum("changed"), 0)::int as "changed", coalesce(sum("gone"), 0)::int as "gone"
    from "ScanCell" where "accountId" = ${accountId} and "syncRunId" = ${runId}`;
  const slow = await tx.$queryRaw<SyncProgress["slow"]>`
    select "type", "region", extract(epoch from now() - "startedAt")::int as "sinceSeconds"
    from "ScanCell" where "accountId" = ${accountId} and "syncRunId" = ${runId} and "state" = 'RUNNING' and "startedAt" < now() - interval '3 seconds'
    order by "startedAt" limit 5`;
  return {
    ...told,
    ...(counts ?? { cellsDone: 0, cellsFailed: 0, resourcesSeen: 0, appeared: 0, changed: 0, gone: 0 }),
    slow,
  };
}
