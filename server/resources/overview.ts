import { fromJson } from "../accounts/connection-check";
import type { AccountFacts, CellFacts } from "../accounts/gaps";
import { completenessOf, countOf, isPartialFrom, statusOf } from "../accounts/status";
import { collectors, labelOf } from "../aws/collectors/index";
import type { RoomContext } from "../context";
import { forTenant, type TenantTx } from "../db/client";
import { accountRollups, summed, TAG_KEYS, type AccountRollupRow } from "./account-rollup-queries";
import { cellsOf, completenessOptions } from "./cells";
import { changesSince } from "./changes-queries";
import { liveSyncs } from "./progress-queries";
import { rollup, tagKeys } from "./queries";
import type { Facets, Overview } from "./views";

const DAY_MS = 24 * 60 * 60_000;

/** Accounts and regions that are looked at; none, or an empty list, means all. */
interface OverviewScope {
  accountIds?: string[];
  regions?: string[];
}

/** Counts for the filters, from the rollups. */
export async function facets(ctx: RoomContext, scope: OverviewScope): Promise<Facets> {
  return forTenant(ctx.tenantId, async (tx) => {
    const accounts = await tx.awsAccount.findMany({ orderBy: { name: "asc" } });
    const inScope = accounts.filter(({ id }) => !scope.accountIds?.length || scope.accountIds.includes(id));
    const rows = await accountRollups(tx, scope, inScope);
    const by = (dimension: string) => rows.filter((row) => row.dimension === dimension);
    const types = by("type");
    const chip = (own: AccountRollupRow[], of: AccountFacts[]) => {
      const { live, cells: cellsTotal, cellsRead, cellsCounted, cellsFailing } = summed(own);
      const isComplete = !isPartialFrom({ cellsTotal, cellsRead, cellsFailing }, of);
      return { count: cellsCounted === 0 ? null : live, isComplete };
    };
    return {
      types: collectors.map(({ type, label }) => ({
        ...{ type, label },
        ...chip(
          types.filter(({ value }) => value === type),
          inScope,
        ),
      })),
      accounts: accounts.map((account) => {
        const { id, awsAccountId, name } = account;
        const own = types.filter(({ accountId }) => accountId === id);
        return { accountId: id, awsAccountId, name, ...chip(own, [account]) };
      }),
      regions: grouped(by("region"), ({ value }) => value).map(([region, count]) => ({ region, count })),
      states: grouped(by("state"), ({ value }) => value).map(([state, count]) => ({ state: state || null, count })),
      tagKeys: await tagKeysFrom(tx, by("tag")),
      goneCount: types.reduce((total, { gone }) => total + gone, 0),
    };
  });
}

/** The tag keys in use, most first, from each account's sample; from one of all accounts while one is being read. */
async function tagKeysFrom(tx: TenantTx, rows: AccountRollupRow[]) {
  if (rows.length === 0) return tagKeys(tx);
  return grouped(rows, ({ value }) => value)
    .slice(0, TAG_KEYS)
    .map(([key]) => key);
}

/** Everything on one page: counts, gaps, what changed in the last day, what is running. */
export async function overview(ctx: RoomContext, scope: OverviewScope): Promise<Overview> {
  const since = new Date(Date.now() - DAY_MS);
  return forTenant(ctx.tenantId, async (tx) => {
    const { accountIds } = scope;
    const accounts = await tx.awsAccount.findMany({
      where: accountIds?.length ? { id: { in: accountIds } } : {},
      orderBy: [{ name: "asc" }],
    });
    const cells = await cellsOf(tx, scope);
    const rows = await rollup(tx, scope);
    const syncs = await liveSyncs(tx, accountIds);
    const { counts, latest } = await changesSince(tx, since, scope);
    const options = completenessOptions();
    const changed = (kind: string) => counts.find((row) => row.kind === kind)?.count ?? 0;
    const counted = (some: CellFacts[], keep: (row: (typeof rows)[number]) => boolean) =>
      countOf(some) === null ? null : liveIn(rows.filter(keep));
    const whole = completenessOf(cells, accounts, options);
    return {
      accounts: accounts.map((account) => {
        const own = cells.filter((cell) => cell.accountId === account.id);
        const completeness = completenessOf(own, [account], options);
        const { status } = statusOf(
          {
            ...account,
            check: fromJson(account.check),
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
          isPartial: completenessOf(own, accounts, options).isPartial,
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

const liveIn = (rows: { live: number }[]) => rows.reduce((total, { live }) => total + live, 0);

/** Live counts by a key, most first. */
function grouped<Row extends { live: number }>(rows: Row[], key: (row: Row) => string): [string, number][] {
  const sums = new Map<string, number>();
  for (const row of rows) if (row.live > 0) sums.set(key(row), (sums.get(key(row)) ?? 0) + row.live);
  return [...sums].sort(([a, x], [b, y]) => y - x || a.localeCompare(b));
}
