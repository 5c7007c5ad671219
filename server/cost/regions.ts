import type { TenantTx } from "../db/client";
import { byAccountAndRegion, byServiceAndRegion, type CostQuery } from "./entry-queries";
import { sum, type Amount } from "./money";
import { groupBy, partsOf, sumBy } from "./parts";
import type { CostPart } from "./views";

/** What AWS tells of no region, or told a moment later than the total: kept apart, so that the regions sum to the total. */
const UNATTRIBUTED = "unattributed";

interface RegionRow {
  region: string;
  amount: string;
}

const PARTIAL_REASON =
  "AWS tells a payer its regions by service for the whole organisation only. Choose all of its accounts, or one that is not under a payer.";

/**
 * The regions of a total, and the rows of each service. Cost Explorer takes two dimensions a request, so the regions of chosen
 * services are known for whole connected accounts with all that they are told of, and the regions of all services for any.
 */
export async function regionsOf(
  tx: TenantTx,
  query: CostQuery,
  total: Amount,
): Promise<{ parts: CostPart[] | null; byService: Map<string, RegionRow[]> | null; reason: string | null }> {
  const whole = await wholeTellers(tx, query.awsAccountIds);
  const rows = whole && (await byServiceAndRegion(tx, query, whole));
  const byService = rows && groupBy(rows, ({ service }) => service);
  if (query.services && !rows) return { parts: null, byService, reason: PARTIAL_REASON };
  const parts = partsIn(query.services ? rows! : await byAccountAndRegion(tx, query), total);
  return { parts, byService, reason: byService ? null : PARTIAL_REASON };
}

/** The connected accounts that tell of nothing but what was chosen; null where one also tells of others. */
export async function wholeTellers(tx: TenantTx, awsAccountIds: string[] | null): Promise<string[] | null> {
  const told = groupBy(await tx.costLinked.findMany(), ({ accountId }) => accountId);
  const isChosen = ({ awsAccountId }: { awsAccountId: string }) =>
    !awsAccountIds || awsAccountIds.includes(awsAccountId);
  const concerned = [...told].filter(([, accounts]) => accounts.some(isChosen));
  return concerned.every(([, accounts]) => accounts.every(isChosen)) ? concerned.map(([accountId]) => accountId) : null;
}

/** The regions of `total`, what is told of none apart; `shown` is how the total stands on the screen already. */
export function partsIn(rows: RegionRow[], total: Amount, shown?: string): CostPart[] {
  const sums = sumBy(rows, ({ region }) => region);
  const missing = total.minus(sum(sums.values()));
  if (!missing.isZero()) sums.set(UNATTRIBUTED, missing);
  return partsOf(sums, { label: labelOf, shown });
}

function labelOf(region: string): string {
  if (region === UNATTRIBUTED) return "Not told by region";
  return region === "NoRegion" || region === "global" ? "No region" : region;
}
