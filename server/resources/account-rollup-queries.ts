import { GLOBAL_REGION } from "../aws/place";
import type { TenantId, TenantTx } from "../db/client";
import { Prisma } from "../db/generated/client";
import type { RollupScope } from "./queries";

/** Cells added up, and what they hold. */
export interface CellSums {
  live: number;
  gone: number;
  cells: number;
  /** Those that were ever read. */
  cellsRead: number;
  /** Those of which a count is known. */
  cellsCounted: number;
  cellsFailing: number;
  /** Those that lack their tags. */
  cellsUntagged: number;
  /** The oldest of their last successes. */
  asOf: Date | null;
}

/** Counts of one account by one type, region or state; the cells are counted by type alone. A tag's key comes from a sample. */
export interface AccountRollupRow extends CellSums {
  accountId: string;
  dimension: "type" | "region" | "state" | "tag";
  value: string;
}

/** So many of an account's resources tell which tag keys are in use, and so many keys are kept. */
const SAMPLED = 500;
export const TAG_KEYS = 50;

/** Writes what those of `synced` add up to in which nothing is being scanned any more. */
export async function rollUpAccounts(tx: TenantTx, tenantId: TenantId, synced: string[]): Promise<void> {
  if (synced.length === 0) return;
  const quiet = await tx.$queryRaw<{ id: string }[]>`
    select a."id" from "AwsAccount" a where a."id" = any(${synced})
      and not exists (select from "ScanCell" c where c."accountId" = a."id" and c."state" in ('QUEUED', 'RUNNING'))
      and not exists (select from "AccountRollup" s where s."accountId" = a."id")`;
  if (quiet.length === 0) return;
  const accountIds = quiet.map(({ id }) => id);
  await tx.$executeRaw`
    insert into "AccountRollup" ("tenantId", "accountId", "dimension", "value", "live", "gone", "cells", "cellsRead", "cellsCounted",
      "cellsFailing", "cellsUntagged", "asOf")
    select ${tenantId}, counted.* from (${counted(Prisma.sql`c."accountId" = any(${accountIds})`)}) counted
    union all
    select ${tenantId}, account.id, 'tag', keys.key, keys.count, 0, 0, 0, 0, 0, 0, null
    from unnest(${accountIds}::text[]) account(id) cross join lateral (
      select key, count(*) as count
      from (select "tags" from "Resource" r
            where r."accountId" = account.id and "tags" is not null and "goneAt" is null limit ${SAMPLED}) sample
        cross join jsonb_object_keys(sample."tags") key
      group by key order by count(*) desc, key limit ${TAG_KEYS}) keys`;
}

/** To be called by whoever lets an account's cells be scanned, or changes their counts: until a sync has ended pages count anew. */
export async function forgetAccountRollup(tx: TenantTx, accountId: string): Promise<void> {
  await tx.$executeRaw`delete from "AccountRollup" where "accountId" = ${accountId}`;
}

/** What the cells of this scope add up to, and the resources in them that are of these regions and states. `accounts` are those of the scope. */
export async function sumsOf(tx: TenantTx, scope: RollupScope, accounts: { id: string }[]): Promise<CellSums> {
  const { regions, states, types } = scope;
  const ofType = types?.length ? Prisma.sql`and "value" = any(${types})` : Prisma.empty;
  const byAccount = (rows: Prisma.Sql) => Prisma.sql`
    select "accountId", sum("live")::int as "live", sum("gone")::int as "gone", sum("cells")::int as "cells",
      sum("cellsRead")::int as "cellsRead", sum("cellsCounted")::int as "cellsCounted", sum("cellsFailing")::int as "cellsFailing",
      sum("cellsUntagged")::int as "cellsUntagged", min("asOf") as "asOf"
    from (${rows}) rolled where "dimension" = 'type' ${ofType} group by 1`;
  const parts = { regions, states, cellRegions: regions };
  return summed(await rolledUp<CellSums & { accountId: string }>(tx, byAccount, scope, parts, accounts));
}

/** What each account's cells add up to, all of them, and the resources in them that are of these regions. `accounts` are those of the scope. */
export function accountRollups(
  tx: TenantTx,
  scope: Pick<RollupScope, "accountIds" | "regions">,
  accounts: { id: string }[],
): Promise<AccountRollupRow[]> {
  return rolledUp<AccountRollupRow>(tx, (rows) => rows, scope, { regions: scope.regions }, accounts);
}

/** The rows added up. */
export function summed(rows: CellSums[]): CellSums {
  const sum = (key: Exclude<keyof CellSums, "asOf">) => rows.reduce((total, row) => total + row[key], 0);
  const times = rows.flatMap(({ asOf }) => asOf?.getTime() ?? []);
  return {
    ...{ live: sum("live"), gone: sum("gone"), cells: sum("cells"), cellsRead: sum("cellsRead") },
    ...{ cellsCounted: sum("cellsCounted"), cellsFailing: sum("cellsFailing"), cellsUntagged: sum("cellsUntagged") },
    asOf: times.length > 0 ? new Date(Math.min(...times)) : null,
  };
}

interface Parts {
  regions?: string[];
  states?: string[];
  cellRegions?: string[];
}

/** `asked` of each account's rows: as they were written, where they are and the whole is asked for; else counted now, without tags' keys. */
async function rolledUp<Row extends { accountId: string }>(
  tx: TenantTx,
  asked: (rows: Prisma.Sql) => Prisma.Sql,
  { accountIds }: Pick<RollupScope, "accountIds">,
  parts: Parts,
  accounts: { id: string }[],
): Promise<Row[]> {
  const among = (column: Prisma.Sql, ids: string[] | undefined) =>
    ids?.length ? Prisma.sql`${column} = any(${ids})` : Prisma.sql`true`;
  const now = (ids: string[] | undefined) =>
    tx.$queryRaw<Row[]>`${asked(counted(among(Prisma.sql`c."accountId"`, ids), parts))}`;
  if (parts.regions?.length || parts.states?.length) return now(accountIds);
  const written = await tx.$queryRaw<Row[]>`${asked(Prisma.sql`
    select "accountId", "dimension", "value", "live", "gone", "cells", "cellsRead", "cellsCounted", "cellsFailing", "cellsUntagged", "asOf"
    from "AccountRollup" where ${among(Prisma.sql`"accountId"`, accountIds)}`)}`;
  const there = new Set(written.map(({ accountId }) => accountId));
  const missing = accounts.flatMap(({ id }) => (there.has(id) ? [] : [id]));
  return missing.length > 0 ? [...written, ...(await now(missing))] : written;
}

/** The rows of the accounts that `ofAccounts` says of the cells `c`, counted from those. A global cell counts for every region. */
function counted(ofAccounts: Prisma.Sql, { regions, states, cellRegions }: Parts = {}): Prisma.Sql {
  const cellsThere = cellRegions?.length
    ? Prisma.sql`and c."region" = any(${[...cellRegions, GLOBAL_REGION]})`
    : Prisma.empty;
  const lyingThere = regions?.length ? Prisma.sql`and u."region" = any(${regions})` : Prisma.empty;
  const inState = states?.length ? Prisma.sql`and u."state" = any(${states})` : Prisma.empty;
  return Prisma.sql`
    select "accountId", "dimension", "value", sum("live")::int as "live", sum("gone")::int as "gone", sum("cells")::int as "cells",
      sum("read")::int as "cellsRead", sum("counted")::int as "cellsCounted", sum("failing")::int as "cellsFailing",
      sum("untagged")::int as "cellsUntagged", min("asOf") as "asOf"
    from (
      select c."accountId", 'type' as "dimension", c."type" as "value", 0 as "live", 0 as "gone", 1 as "cells",
        (c."lastSuccessAt" is not null)::int as "read", (c."resourceCount" is not null)::int as "counted",
        (c."failureKind" is not null)::int as "failing", (c."tagFailure" is not null)::int as "untagged", c."lastSuccessAt" as "asOf"
      from "ScanCell" c where ${ofAccounts} ${cellsThere}
      union all
      select c."accountId", part."dimension", part."value", u."live", u."gone", 0, 0, 0, 0, 0, null
      from "ScanCell" c join "ResourceRollup" u on u."cellId" = c."id"
        cross join lateral (values ('type', c."type"), ('region', u."region"), ('state', u."state")) part("dimension", "value")
      where ${ofAccounts} ${lyingThere} ${inState}) parts
    group by 1, 2, 3`;
}
