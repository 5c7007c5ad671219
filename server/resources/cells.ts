import { statementFor } from "../accounts/role-policy";
import { GLOBAL_REGION } from "../aws/place";
import type { TenantTx } from "../db/client";
import { env } from "../env";

/** What judges a figure's completeness, beside the cells: the clock, the interval of syncs, and how a policy statement is written. */
export const completenessOptions = () => ({
  now: new Date(),
  syncIntervalMinutes: env().SYNC_INTERVAL_MINUTES,
  statement: statementFor,
});

/** The cells that a figure in this scope counts. A global cell counts for every region: its buckets may lie there. */
export function cellsOf(
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
