import { storedFailure } from "../accounts/gaps";
import { refusingPolicy } from "../accounts/refusing-policy";
import { completenessFrom, STALE_AFTER_SYNCS } from "../accounts/status";
import { collectorOf, labelOf } from "../aws/collectors/index";
import type { Json } from "../aws/collectors/define";
import type { RoomContext } from "../context";
import { forTenant, type TenantTx } from "../db/client";
import { env } from "../env";
import { AppError, notFound } from "../errors";
import { sumsOf, type CellSums } from "./account-rollup-queries";
import { cellTotals, completenessOptions } from "./cells";
import { readCursor, writeCursor, type Cursor, type ResourceListInput } from "./filter";
import { narrow } from "./narrow-queries";
import { COUNT_CAP, pageOf, type NarrowedFilter, type StoredRow } from "./queries";
import type { ResourceDetail, ResourcePage, ResourceRow } from "./views";

/** The last row that a numbered page may reach: a page at this depth reads as much as a hundred full ones. */
export const DEEPEST_ROW = 10_000;

/** A page of resources with the exact or capped total and how complete the list is. Throws BAD_REQUEST for a wrong cursor. */
export async function listResources(
  ctx: RoomContext,
  { filter, sort, direction, cursor, limit }: ResourceListInput,
): Promise<ResourcePage> {
  const from = cursor ? readCursor(cursor, { sort, direction }) : null;
  return forTenant(ctx.tenantId, async (tx) => {
    const narrowed = await narrow(tx, filter);
    const found = await pageOf(tx, narrowed, { sort, direction, cursor: from, limit: limit + 1 });
    return pageFrom(tx, found, { filter: narrowed, sort, direction, limit });
  });
}

/** A page of rows that were read with one more than its limit, to know whether another follows. */
async function pageFrom(
  tx: TenantTx,
  found: StoredRow[],
  { filter, sort, direction, limit }: Omit<ResourceListInput, "cursor" | "filter"> & { filter: NarrowedFilter },
): Promise<ResourcePage> {
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  const { accountIds, regions, types } = filter;
  const accounts = await accountsOf(tx, accountIds);
  const sums = await sumsOf(tx, filter, accounts);
  const totals = await cellTotals(tx, { accountIds, regions, types }, sums);
  return {
    rows: ofAccounts(rows, accounts),
    nextCursor:
      found.length > limit && last ? writeCursor({ sort, direction, value: last.sortValue, id: last.id }) : null,
    total: totalOf(filter, sums),
    completeness: completenessFrom(totals, accounts, completenessOptions()),
  };
}

/**
 * A numbered page, by name, for programs that count pages: the list that `listResources` walks, with an exact total. A
 * deep page reads all that comes before it, so there is a last one that is given; further on leads the cursor.
 */
export async function numberedPage(
  ctx: RoomContext,
  { types, page, limit }: { types?: string[]; page: number; limit: number },
): Promise<ResourcePage> {
  const skip = (page - 1) * limit;
  if (skip + limit > DEEPEST_ROW) throw tooDeep(limit);
  const order = { sort: "name" as const, direction: "asc" as const };
  return forTenant(ctx.tenantId, async (tx) => {
    const filter = { types, presence: "live" as const };
    const found = await pageOf(tx, filter, { ...order, cursor: null, limit: limit + 1, skip });
    return pageFrom(tx, found, { filter, ...order, limit });
  });
}

/** Every page of a filtered list, for an export: the whole set, however large, a page in memory at a time. */
export async function* allResources(ctx: RoomContext, input: ResourceListInput): AsyncGenerator<ResourceRow[]> {
  const order = { sort: input.sort, direction: input.direction };
  let cursor: Cursor | null = null;
  for (;;) {
    const { found, rows }: { found: StoredRow[]; rows: ResourceRow[] } = await forTenant(ctx.tenantId, async (tx) => {
      const found = await pageOf(tx, await narrow(tx, input.filter), { ...order, cursor, limit: 1000 });
      const accounts = await accountsOf(tx, input.filter.accountIds);
      return { found, rows: ofAccounts(found, accounts) };
    });
    if (rows.length > 0) yield rows;
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
      omit: { tenantId: true, cellId: true, sortName: true, searchText: true, hash: true, appearedAt: true },
    });
    if (!found) throw notFound("This resource");
    const { account, cell, config, ...resource } = found;
    const tagFailure = storedFailure(cell.tagFailure);
    const row = {
      ...resource,
      cellReadAt: cell.lastSuccessAt,
      isCellFailing: cell.failureKind !== null,
      sortValue: "",
      facts: resource.facts as StoredRow["facts"],
      tags: resource.tags as StoredRow["tags"],
    };
    return {
      ...toRow(row, account),
      config: config as Json,
      consoleUrl: collectorOf(resource.type)?.consoleUrl(resource) ?? null,
      cell: {
        type: cell.type,
        region: cell.region,
        lastSuccessAt: cell.lastSuccessAt,
        failure: cell.failureMessage,
        tagFailure: tagFailure && { ...tagFailure, refusedBy: refusingPolicy(tagFailure.message) },
      },
    };
  });
}

function tooDeep(limit: number): AppError {
  const message = `Pages of ${limit} end at ${Math.floor(DEEPEST_ROW / limit)}. Ask for one type, or go on with the cursor of the page before.`;
  return new AppError("BAD_REQUEST", message, { fields: { page: message } });
}

/** Exact from the rollups where the filter only asks what they know; else what narrowing found, up to the cap. */
function totalOf(filter: NarrowedFilter, { live, gone }: Pick<CellSums, "live" | "gone">): ResourcePage["total"] {
  if (filter.ids) return { count: filter.ids.length, isCapped: false };
  if (filter.isMany) return { count: COUNT_CAP, isCapped: true };
  const count = (filter.presence === "gone" ? 0 : live) + (filter.presence === "live" ? 0 : gone);
  return { count, isCapped: false };
}

/** The tenant's accounts, or these of them, as far as a list speaks of them. */
function accountsOf(tx: TenantTx, accountIds: string[] | undefined) {
  return tx.awsAccount.findMany({
    where: accountIds?.length ? { id: { in: accountIds } } : {},
    select: { id: true, awsAccountId: true, name: true, failure: true, regionsReadAt: true },
  });
}

interface NamedAccount {
  id: string;
  awsAccountId: string;
  name: string;
}

/** The rows with their accounts, which were read after them: what was disconnected in between went with its account. */
function ofAccounts(rows: StoredRow[], accounts: NamedAccount[]): ResourceRow[] {
  const byId = new Map(accounts.map((account) => [account.id, account]));
  return rows.flatMap((row) => {
    const account = byId.get(row.accountId);
    return account ? [toRow(row, account)] : [];
  });
}

function toRow(
  { sortValue: _order, cellReadAt, isCellFailing, ...row }: StoredRow,
  account: NamedAccount,
): ResourceRow {
  const seenAt = row.goneAt ?? cellReadAt ?? row.lastChangedAt;
  const staleMs = STALE_AFTER_SYNCS * env().SYNC_INTERVAL_MINUTES * 60_000;
  return {
    ...row,
    awsAccountId: account.awsAccountId,
    accountName: account.name,
    typeLabel: labelOf(row.type),
    seenAt,
    isStale: row.goneAt === null && (isCellFailing || Date.now() - seenAt.getTime() > staleMs),
  };
}
