import { statementFor } from "../accounts/role-policy";
import type { CellTotals } from "../accounts/status";
import { GLOBAL_REGION } from "../aws/place";
import type { TenantTx } from "../db/client";
import { Prisma } from "../db/generated/client";
import { env } from "../env";

/** What judges a figure's completeness, beside the cells: the clock, the interval of syncs, and how a policy statement is written. */
export const completenessOptions = () => ({
  now: new Date(),
  syncIntervalMinutes: env().SYNC_INTERVAL_MINUTES,
  statement: statementFor,
});

interface CellScope {
  accountIds?: string[];
  regions?: string[];
  types?: string[];
}

/** The cells that a figure in this scope counts. A global cell counts for every region: its buckets may lie there. */
const inScope = ({ accountIds, regions, types }: CellScope) => ({
  ...(accountIds?.length && { accountId: { in: accountIds } }),
  ...(regions?.length && { region: { in: [...regions, GLOBAL_REGION] } }),
  ...(types?.length && { type: { in: types } }),
});

export const cellsOf = (tx: TenantTx, scope: CellScope) => tx.scanCell.findMany({ where: inScope(scope) });

/** What those cells add up to, counted by the database: a large tenant has thousands, and a list asks with every page. */
export async function cellTotals(tx: TenantTx, scope: CellScope): Promise<CellTotals> {
  const where = inScope(scope);
  const { _count, _min } = await tx.scanCell.aggregate({
    where,
    _count: { _all: true, lastSuccessAt: true, failureKind: true, tagFailure: true },
    _min: { lastSuccessAt: true },
  });
  const wanting =
    _count.failureKind + _count.tagFailure > 0
      ? await tx.scanCell.findMany({
          where: { ...where, OR: [{ failureKind: { not: null } }, { tagFailure: { not: Prisma.DbNull } }] },
        })
      : [];
  return { cellsTotal: _count._all, cellsRead: _count.lastSuccessAt, asOf: _min.lastSuccessAt, wanting };
}
