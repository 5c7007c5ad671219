import type { Completeness, SyncProgress } from "../accounts/views";
import { statementFor } from "../accounts/role-policy";
import { stopScans } from "../accounts/service";
import { completenessOf, countOf, STALE_AFTER_SYNCS, statusOf, type CellFacts } from "../accounts/status";
import { collectorOf, collectors, labelOf } from "../aws/collectors/index";
import { GLOBAL_REGION } from "../aws/place";
import type { Json } from "../aws/collectors/define";
import type { RoomContext } from "../context";
import { forTenant, type TenantTx } from "../db/client";
import { env } from "../env";
import { AppError, notFound } from "../errors";
import { readCursor, writeCursor, type Cursor, type ResourceFilter, type ResourceListInput } from "./filter";
import { enqueue } from "./plan";
import { liveSyncs, progressOf, recentSyncs } from "./progress-queries";
import { cappedCount, changesSince, COUNT_CAP, pageOf, rollup, tagKeys, type StoredRow } from "./queries";
import { lockAccount } from "./write-queries";
import type { Facets, Overview, ResourceDetail, ResourcePage, ResourceRow } from "./views";

const DAY_MS = 24 * 60 * 60_000;

/** A page of resources with the exact or capped total and how complete the list is. Throws BAD_REQUEST for a wrong cursor. */
export async function listResources(
  ctx: RoomContext,
  { filter, sort, direction, cursor, limit }: ResourceListInput,
): Promise<ResourcePage> {
  const from = cursor ? readCursor(cursor, { sort, direction }) : null;
  return forTenant(ctx.tenantId, async (tx) => {
    const found = await pageOf(tx, filter, { sort, direction, cursor: from, limit: limit + 1 });
    const rows = found.slice(0, limit);
    const last = rows.at(-1);
    return {
      rows: rows.map(toRow),
      nextCursor:
        found.length > limit && last ? writeCursor({ sort, direction, value: last.sortValue, id: last.id }) : null,
      total: await totalOf(tx, filter),
      completeness: await completeness(tx, filter),
    };
  });
}

/** Every page of a filtered list, for an export: the whole set, however large, a page in memory at a time. */
export async function* allResources(ctx: RoomContext, input: ResourceListInput): AsyncGenerator<ResourceRow[]> {
  const order = { sort: input.sort, direction: input.direction };
  let cursor: Cursor | null = null;
  for (;;) {
    const found: StoredRow[] = await forTenant(ctx.tenantId, (tx) =>
      pageOf(tx, input.filter, { ...order, cursor, limit: 1000 }),
    );
    if (found.length > 0) yield found.map(toRow);
    const last = found.at(-1);
    if (!last || found.length < 1000) return;
    cursor = { ...order, value: last.sortValue, id: last.id };
  }
}

/** One resource with its configuration. NOT_FOUND for another tenant's, a deleted and a random id alike. */
export async function resourceById(ctx: RoomContext, { resourceId }: { resourceId: string }): Promise<ResourceDetail> {
  return forTenant(ctx.tenantId, async (tx) => {
    const found = await tx.resource.findUnique({
      where: { id: resourceId },
      include: { account: true, cell: true },
      // What only the sync and the list's order need does not leave the room.
      omit: { tenantId: true, cellId: true, sortName: true, searchText: true, hash: true },
    });
    if (!found) throw notFound("This resource");
    const { account, cell, config, ...resource } = found;
    const row = {
      ...resource,
      awsAccountId: account.awsAccountId,
      accountName: account.name,
      cellReadAt: cell.lastSuccessAt,
      sortValue: "",
      facts: resource.facts as StoredRow["facts"],
      tags: resource.tags as StoredRow["tags"],
    };
    return {
      ...toRow(row),
      config: config as Json,
      consoleUrl: collectorOf(resource.type)?.consoleUrl(resource) ?? null,
      cell: { type: cell.type, region: cell.region, lastSuccessAt: cell.lastSuccessAt, failure: cell.failureMessage },
    };
  });
}

/** Counts for the filters, from the rollup. */
export async function facets(
  ctx: RoomContext,
  { accountId, region }: { accountId?: string; region?: string },
): Promise<Facets> {
  return forTenant(ctx.tenantId, async (tx) => {
    const rows = await rollup(tx, {
      accountIds: accountId ? [accountId] : undefined,
      regions: region ? [region] : undefined,
    });
    const accounts = await tx.awsAccount.findMany({ orderBy: { name: "asc" } });
    const cells = await cellsOf(tx, { accountIds: accountId ? [accountId] : undefined });
    const sum = (keep: (row: (typeof rows)[number]) => boolean) =>
      rows.filter(keep).reduce((total, { live }) => total + live, 0);
    const isComplete = (keep: (cell: CellFacts) => boolean) =>
      cells.filter(keep).every(({ lastSuccessAt, failureKind }) => lastSuccessAt && !failureKind);
    return {
      types: collectors.map(({ type, label }) => ({
        type,
        label,
        count: sum((row) => row.type === type),
        isComplete: isComplete((cell) => cell.type === type),
      })),
      accounts: accounts.map(({ id, awsAccountId, name }) => ({
        accountId: id,
        awsAccountId,
        name,
        count: sum((row) => row.accountId === id),
        isComplete: isComplete((cell) => cell.accountId === id),
      })),
      regions: grouped(rows, ({ region }) => region).map(([region, count]) => ({ region, count })),
      states: grouped(rows, ({ state }) => state).map(([state, count]) => ({ state: state || null, count })),
      tagKeys: await tagKeys(tx),
      goneCount: rows.reduce((total, { gone }) => total + gone, 0),
    };
  });
}

/** Everything on one page: counts, gaps, what changed in the last day, what is running. */
export async function overview(
  ctx: RoomContext,
  { accountId, region }: { accountId?: string; region?: string },
): Promise<Overview> {
  const since = new Date(Date.now() - DAY_MS);
  return forTenant(ctx.tenantId, async (tx) => {
    const accounts = await tx.awsAccount.findMany({ where: { id: accountId }, orderBy: [{ name: "asc" }] });
    const scope = { accountIds: accountId ? [accountId] : undefined, regions: region ? [region] : undefined };
    const cells = await cellsOf(tx, scope);
    const rows = await rollup(tx, scope);
    const syncs = await liveSyncs(tx, accountId);
    const { counts, latest } = await changesSince(tx, since, { accountId, region });
    const options = completenessOptions();
    const changed = (kind: string) => counts.find((row) => row.kind === kind)?.count ?? 0;
    const counted = (some: CellFacts[], keep: (row: (typeof rows)[number]) => boolean) =>
      countOf(some) === null ? null : rows.filter(keep).reduce((total, { live }) => total + live, 0);
    const whole = completenessOf(cells, accounts, options);
    return {
      accounts: accounts.map((account) => {
        const own = cells.filter((cell) => cell.accountId === account.id);
        const completeness = completenessOf(own, [account], options);
        const { status } = statusOf(
          {
            pausedAt: account.pausedAt,
            failure: account.failure as { message: string } | null,
            isSyncing: syncs.has(account.id),
            gaps: completeness.gaps,
          },
          labelOf,
        );
        return {
          accountId: account.id,
          awsAccountId: account.awsAccountId,
          name: account.name,
          status,
          count: counted(own, (row) => row.accountId === account.id),
          completeness,
        };
      }),
      types: collectors.map(({ type, label }) => {
        const own = cells.filter((cell) => cell.type === type);
        return {
          type,
          label,
          count: counted(own, (row) => row.type === type),
          isPartial: own.some(({ lastSuccessAt, failureKind }) => !lastSuccessAt || failureKind !== null),
        };
      }),
      regions: grouped(rows, (row) => row.region).map(([name, count]) => ({ region: name, count })),
      total: counted(cells, () => true),
      completeness: whole,
      gaps: whole.gaps,
      changes: {
        appeared: changed("appeared"),
        changed: changed("changed"),
        gone: changed("gone"),
        since,
        latest: latest.map((change) => ({ ...change, typeLabel: labelOf(change.type) })),
      },
      syncs: [...syncs.values()],
    };
  });
}

/**
 * Makes a sync due now: of one account or of all, everywhere or in one region. A sync that is running is joined, not
 * doubled. Throws CONFLICT for a paused account.
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
    const progress: SyncProgress[] = [];
    for (const account of accounts.filter(({ pausedAt }) => !pausedAt)) {
      if (region && !account.regions.includes(region) && account.regionsReadAt)
        throw new AppError("BAD_REQUEST", `${region} is not enabled in ${account.name}.`, {
          fields: { region: "This region is not enabled here." },
        });
      progress.push(await progressOf(tx, await startOrJoin(tx, ctx, account, region ?? null)));
    }
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
  const live = await tx.syncRun.findFirst({ where: { accountId: account.id, finishedAt: null } });
  if (live && (live.region === null || live.region === region)) return live;
  if (live) {
    // A sync of one region runs and more is wanted: it becomes the larger one.
    const data = region ? {} : { region: null };
    if (region) await enqueue(tx, { accountId: account.id, runId: live.id, regions: [region] });
    else await tx.awsAccount.update({ where: { id: account.id }, data: { syncDueAt: new Date() } });
    return tx.syncRun.update({ where: { id: live.id }, data });
  }
  const run = await tx.syncRun.create({
    data: { tenantId: ctx.tenantId, accountId: account.id, trigger: "MANUAL", region },
  });
  if (region && account.regionsReadAt) await enqueue(tx, { accountId: account.id, runId: run.id, regions: [region] });
  else await tx.awsAccount.update({ where: { id: account.id }, data: { syncDueAt: new Date() } });
  return tx.syncRun.findUniqueOrThrow({ where: { id: run.id } });
}

/** Ends a running sync; what was read stays, and nothing is declared gone by what was not. */
export async function cancelSync(ctx: RoomContext, { runId }: { runId: string }): Promise<SyncProgress> {
  return forTenant(ctx.tenantId, async (tx) => {
    const run = await tx.syncRun.findUnique({ where: { id: runId } });
    if (!run) throw notFound("This sync");
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

/** Exact from the rollup where the filter only asks what the rollup knows; else counted, up to the cap. */
async function totalOf(tx: TenantTx, filter: ResourceFilter): Promise<ResourcePage["total"]> {
  if (filter.search || filter.tags?.length) {
    const count = await cappedCount(tx, filter);
    return { count: Math.min(count, COUNT_CAP), isCapped: count > COUNT_CAP };
  }
  const rows = await rollup(tx, filter);
  const wanted = rows.filter(
    ({ type, state }) =>
      (!filter.types?.length || filter.types.includes(type)) &&
      (!filter.states?.length || filter.states.includes(state)),
  );
  const count = wanted.reduce(
    (total, { live, gone }) =>
      total + (filter.presence !== "gone" ? live : 0) + (filter.presence !== "live" ? gone : 0),
    0,
  );
  return { count, isCapped: false };
}

async function completeness(tx: TenantTx, filter: ResourceFilter): Promise<Completeness> {
  const cells = await cellsOf(tx, { accountIds: filter.accountIds, regions: filter.regions, types: filter.types });
  return completenessOf(cells, await tx.awsAccount.findMany(), completenessOptions());
}

const completenessOptions = () => ({
  now: new Date(),
  syncIntervalMinutes: env().SYNC_INTERVAL_MINUTES,
  statement: statementFor,
});

/** The cells that a figure in this scope counts. A global cell counts for every region: its buckets may lie there. */
function cellsOf(
  tx: TenantTx,
  { accountIds, regions, types }: { accountIds?: string[]; regions?: string[]; types?: string[] },
) {
  return tx.scanCell.findMany({
    where: {
      ...(accountIds?.length && { accountId: { in: accountIds } }),
      ...(regions?.length && { region: { in: [...regions, GLOBAL_REGION] } }),
      ...(types?.length && { type: { in: types } }),
    },
  });
}

function toRow({ sortValue: _order, cellReadAt, ...row }: StoredRow): ResourceRow {
  const seenAt = row.goneAt ?? cellReadAt ?? row.lastChangedAt;
  const staleMs = STALE_AFTER_SYNCS * env().SYNC_INTERVAL_MINUTES * 60_000;
  return {
    ...row,
    typeLabel: labelOf(row.type),
    seenAt,
    isStale: row.goneAt === null && Date.now() - seenAt.getTime() > staleMs,
  };
}

/** Live counts by a key, most first. */
function grouped<Row extends { live: number }>(rows: Row[], key: (row: Row) => string): [string, number][] {
  const sums = new Map<string, number>();
  for (const row of rows) if (row.live > 0) sums.set(key(row), (sums.get(key(row)) ?? 0) + row.live);
  return [...sums].sort(([a, x], [b, y]) => y - x || a.localeCompare(b));
}
