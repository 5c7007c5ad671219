import { statementFor } from "../accounts/role-policy";
import type { CellTotals } from "../accounts/status";
import { GLOBAL_REGION } from "../aws/place";
import type { TenantTx } from "../db/client";
import { Prisma } from "../db/generated/client";
import { env } from "../env";
import type { CellSums } from "./account-rollup-queries";

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

/** What those cells add up to, as `sums` counted them, and those of them that lack something. */
export async function cellTotals(tx: TenantTx, scope: CellScope, sums: CellSums): Promise<CellTotals> {
  const lacking = { OR: [{ failureKind: { not: null } }, { tagFailure: { not: Prisma.DbNull } }] };
  const wanting =
    sums.cellsFailing + sums.cellsUntagged > 0
      ? await tx.scanCell.findMany({ where: { ...inScope(scope), ...lacking } })
      : [];
  return { cellsTotal: sums.cells, cellsRead: sums.cellsRead, asOf: sums.asOf, wanting };
}
