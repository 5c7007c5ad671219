import { Prisma } from "../db/generated/client";
import type { TenantTx } from "../db/client";
import type { ResourceRow } from "./views";
import { readTag, type Cursor, type ResourceFilter, type SortKey } from "./filter";
import { patternsOf, searched } from "./search-patterns";

/** A filter of which the rollup and the indexes have said already what is to be looked at. */
export interface NarrowedFilter extends ResourceFilter {
  /** All that match, where they are few. */
  ids?: string[];
  /** More match than are counted. */
  isMany?: boolean;
  /** The cells that all that match belong to, where they hold few resources. */
  cellIds?: string[];
}

/** A row of the list as the database has it; its account is looked up beside it. */
export interface StoredRow extends Omit<
  ResourceRow,
  "typeLabel" | "seenAt" | "isStale" | "awsAccountId" | "accountName"
> {
  cellReadAt: Date | null;
  isCellFailing: boolean;
  sortValue: string;
}

/** Counting stops here: "1,000+" says as much as an exact number, for a fraction of the reads. */
export const COUNT_CAP = 1000;

/** Not coalesce(), which PostgreSQL does not hold for leakproof: under row-level security it would find no index by it. */
const stateOrNone = Prisma.sql`case when r."state" is null then '' else r."state" end`;

const sortColumns: Record<SortKey, Prisma.Sql> = {
  name: Prisma.sql`r."sortName"`,
  type: Prisma.sql`r."type"`,
  region: Prisma.sql`r."region"`,
  state: stateOrNone,
  firstSeenAt: Prisma.sql`r."firstSeenAt"`,
  lastChangedAt: Prisma.sql`r."lastChangedAt"`,
};

/** `limit` rows after `cursor` and `skip` more, in order, ids breaking ties. */
export async function pageOf(
  tx: TenantTx,
  filter: NarrowedFilter,
  {
    sort,
    direction,
    limit,
    cursor,
    skip = 0,
  }: { sort: SortKey; direction: "asc" | "desc"; limit: number; cursor: Cursor | null; skip?: number },
): Promise<StoredRow[]> {
  const column = sortColumns[sort];
  const order = direction === "asc" ? Prisma.sql`asc` : Prisma.sql`desc`;
  const isTime = sort.endsWith("At");
  const value = cursor && (isTime ? Prisma.sql`${cursor.value}::timestamptz` : Prisma.sql`${cursor.value}`);
  const after = direction === "asc" ? Prisma.sql`>` : Prisma.sql`<`;
  const from = cursor ? Prisma.sql`and (${column}, r."id") ${after} (${value}, ${cursor.id})` : Prisma.empty;
  const sortValue = isTime
    ? Prisma.sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
    : column;
  if (filter.isMany && !filter.cellIds) await walkInOrder(tx);
  // The cells of all the page's rows at once: looked up row by row they would cost three times what the rows do.
  return tx.$queryRaw<StoredRow[]>`
    with page as materialized (
      select r.* from "Resource" r where ${conditions(filter)} ${from}
      order by ${column} ${order}, r."id" ${order} limit ${limit} offset ${skip})
    select r."id", r."type", r."nativeId", r."name", r."arn", r."accountId", r."region", r."state",
      r."facts", r."tags", r."createdAt", r."firstSeenAt", r."lastChangedAt", r."goneAt", c."lastSuccessAt" as "cellReadAt",
      c."failureKind" is not null as "isCellFailing", ${sortValue} as "sortValue"
    from page r join (
      select "id", "lastSuccessAt", "failureKind" from "ScanCell" where "id" = any(array(select "cellId" from page))) c on c."id" = r."cellId"
    order by ${column} ${order}, r."id" ${order}`;
}

/**
 * Where many match, the first of them are soon found in the list's order. PostgreSQL, which by row-level security knows nothing of how many a
 * search or a tag finds, would expect few, and read and sort them all.
 */
async function walkInOrder(tx: TenantTx): Promise<void> {
  await tx.$queryRaw`select set_config('enable_sort', 'off', true), set_config('enable_seqscan', 'off', true)`;
}

/** The ids of what matches, up to `most`, in no order: of a search that no index knows the whole table is read where little matches. */
export function someIds(tx: TenantTx, filter: NarrowedFilter, most: number): Promise<{ id: string }[]> {
  return tx.$queryRaw<{ id: string }[]>`select r."id" from "Resource" r where ${conditions(filter)} limit ${most}`;
}

function conditions(filter: NarrowedFilter): Prisma.Sql {
  const parts = [Prisma.sql`true`];
  if (filter.presence === "live") parts.push(Prisma.sql`r."goneAt" is null`);
  if (filter.presence === "gone") parts.push(Prisma.sql`r."goneAt" is not null`);
  if (filter.types?.length) parts.push(oneOf(Prisma.sql`r."type"`, filter.types));
  if (filter.accountIds?.length) parts.push(oneOf(Prisma.sql`r."accountId"`, filter.accountIds));
  if (filter.regions?.length) parts.push(oneOf(Prisma.sql`r."region"`, filter.regions));
  if (filter.states?.length) parts.push(oneOf(stateOrNone, filter.states));
  for (const tag of filter.tags ?? []) {
    const { key, value } = readTag(tag);
    parts.push(
      value === null
        ? Prisma.sql`jsonb_exists(r."tags", ${key})`
        : Prisma.sql`r."tags" @> ${JSON.stringify({ [key]: value })}::jsonb`,
    );
  }
  const search = searched(filter);
  if (search) parts.push(Prisma.sql`r."searchText" like any(${patternsOf(search)})`);
  if (filter.ids) parts.push(Prisma.sql`r."id" = any(${filter.ids})`);
  if (filter.cellIds) parts.push(Prisma.sql`r."cellId" = any(${filter.cellIds})`);
  return Prisma.join(parts, " and ");
}

/** One value is asked for as such: an index that begins with it is then in the list's order, which it is not for one of several. */
const oneOf = (column: Prisma.Sql, values: string[]) =>
  values.length === 1 ? Prisma.sql`${column} = ${values[0]}` : Prisma.sql`${column} = any(${values})`;

export interface RollupScope {
  accountIds?: string[];
  regions?: string[];
  types?: string[];
  states?: string[];
}

function ofRollup({ accountIds, regions, types, states }: RollupScope): Prisma.Sql {
  const parts = [Prisma.sql`from "ResourceRollup" u join "ScanCell" c on c."id" = u."cellId" where true`];
  if (accountIds?.length) parts.push(Prisma.sql`c."accountId" = any(${accountIds})`);
  if (regions?.length) parts.push(Prisma.sql`u."region" = any(${regions})`);
  if (types?.length) parts.push(Prisma.sql`c."type" = any(${types})`);
  if (states?.length) parts.push(Prisma.sql`u."state" = any(${states})`);
  return Prisma.join(parts, " and ");
}

/** The rollup, by what filters can ask of it. */
export function rollup(tx: TenantTx, scope: RollupScope) {
  return tx.$queryRaw<{ accountId: string; type: string; region: string; state: string; live: number; gone: number }[]>`
    select c."accountId", c."type", u."region", u."state", sum(u."live")::int as live, sum(u."gone")::int as gone
    ${ofRollup(scope)} group by 1, 2, 3, 4`;
}

/** Tag keys in use, from a sample: the list is a help for typing and not a figure. */
export async function tagKeys(tx: TenantTx): Promise<string[]> {
  const rows = await tx.$queryRaw<{ key: string }[]>`
    select key from (select jsonb_object_keys("tags") as key from (select "tags" from "Resource" where "tags" is not null and "goneAt" is null limit 2000) sample) keys
    group by key order by count(*) desc, key limit 50`;
  return rows.map(({ key }) => key);
}

/** The cells of which any count in this scope, and how many resources lie in them, where that is no more than `most`; null where it is more. */
export async function fewCells(
  tx: TenantTx,
  scope: RollupScope & Pick<ResourceFilter, "presence">,
  most: number,
): Promise<{ ids: string[]; count: number } | null> {
  const counted = { live: Prisma.sql`u."live"`, gone: Prisma.sql`u."gone"`, all: Prisma.sql`u."live" + u."gone"` };
  const [row] = await tx.$queryRaw<{ ids: string[] | null; count: number }[]>`
    select coalesce(sum(count), 0)::int as count, case when sum(count) <= ${most} then array_agg("cellId") end as ids
    from (select u."cellId", sum(u."live" + u."gone") as count ${ofRollup(scope)} group by 1
          having sum(${counted[scope.presence]}) > 0) cells`;
  return row && row.count <= most ? { count: row.count, ids: row.ids ?? [] } : null;
}
